import { useLayoutEffect, useState } from 'preact/hooks';
import { Alert } from '../../components/alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { SessionTitle } from '../../components/session-title.tsx';
import { SvgImage } from '../../components/svg-image.tsx';
import { Warnings } from '../../components/warnings.tsx';
import type { OpenSessionQuery } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { addressOf } from '../../session-address.ts';
import { SETTINGS } from '../../settings.ts';
import { Share } from '../../share/share.tsx';
import { useFrames } from '../../use-frames.ts';
import { SessionArgs } from './session-args.tsx';
import { SessionFacts } from './session-facts.tsx';
import { useViewers } from './use-viewers.ts';
import { VisibilitySwitch } from './visibility-switch.tsx';

type Session = NonNullable<OpenSessionQuery['session']>;

function writersOf(owner: string | null): string {
  const { session } = text.value;
  if (owner === null) return SETTINGS.anonymousWrites ? session.anybody : session.signedIn;
  return owner === me.value ? session.onlyYou : session.only(owner);
}

/** The time to live starts again with each write. */
function expiryAfter({ updatedAt, expiresAt }: Session, renderedAt: string): string | null {
  if (expiresAt === null) return null;
  const ttlMs = Date.parse(expiresAt) - Date.parse(updatedAt);
  return new Date(Date.parse(renderedAt) + ttlMs).toISOString();
}

interface SessionViewProps {
  readonly session: Session;
  /** It has ended for somebody who may not see it any more, for all they can know. */
  readonly onGone: () => void;
}

export function SessionView({ session, onGone }: SessionViewProps) {
  const { id, owner, template, args, warnings } = session;
  const live = useFrames(id);
  const viewers = useViewers(id);
  const [visibility, setVisibility] = useState(session.visibility);
  const isPrivate = visibility === 'PRIVATE';
  const frame = live.frame ?? session.frame;
  const hasEnded = live.state === 'ended';
  const words = text.value.session;
  const isMine = owner !== null && owner.id === me.value;
  const mayPush = isMine || (owner === null && (SETTINGS.anonymousWrites || me.value !== null));
  const address = addressOf(id);
  // To strangers one that was made private is as one that was deleted: what they saw last may be what was hidden.
  const isGone = hasEnded && owner !== null && !isMine;
  useLayoutEffect(() => {
    if (isGone) onGone();
  }, [isGone]);
  return (
    <main id="main" class="page">
      <div class="page-head">
        <div class="row">
          <SessionTitle id={id} isPrivate={isPrivate} />
          <span class="badge" role="status" data-state={live.state}>
            <span class={`dot ${live.state}`} />
            {text.value.states[live.state]}
          </span>
        </div>
        <div class="row">
          {isMine && !hasEnded && (
            <a class="button quiet" href={address.edit}>
              <Icon name="pencil" size={16} /> {words.edit}
            </a>
          )}
          {!isPrivate && (
            <a class="button quiet" href={address.live} target="_blank" rel="noreferrer">
              <Icon name="external" size={16} /> {words.openLive}
            </a>
          )}
          <a class="button" href="#share">
            {words.share}
          </a>
        </div>
      </div>
      {hasEnded && (
        <div class="stack spaced">
          <Alert kind="warn">{words.ended}</Alert>
        </div>
      )}
      <div class="session">
        <div class="stack">
          <div class="picture stage">
            <SvgImage svg={frame.svg} alt={words.pictureOf(id)} />
          </div>
          {isMine && <Warnings title={words.warnings} warnings={warnings ?? []} />}
        </div>
        <div class="stack session-side">
          <section class="card">
            <SessionFacts
              version={frame.version}
              updatedAt={frame.renderedAt}
              expiresAt={id === SETTINGS.demo ? null : expiryAfter(session, frame.renderedAt)}
              writers={writersOf(owner?.id ?? null)}
              viewers={viewers}
            />
            {isMine && <VisibilitySwitch id={id} visibility={visibility} onChange={setVisibility} />}
          </section>
          <section class="card" aria-labelledby="args-title">
            <h2 id="args-title">{words.args}</h2>
            {mayPush && template !== null && args !== null && !hasEnded ? (
              <SessionArgs id={id} template={template} args={args} version={frame.version} />
            ) : (
              <p class="muted">{hasEnded ? words.endedArgs : owner === null ? words.argsSignIn : words.argsHidden}</p>
            )}
          </section>
        </div>
        {!hasEnded && <Share id={id} args={args ?? {}} isPrivate={isPrivate} mayPush={mayPush} />}
      </div>
    </main>
  );
}
