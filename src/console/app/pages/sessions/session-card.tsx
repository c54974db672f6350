import { Icon } from '../../components/icon.tsx';
import { Lock } from '../../components/lock.tsx';
import { Menu } from '../../components/menu.tsx';
import { SvgImage } from '../../components/svg-image.tsx';
import { Time } from '../../components/time.tsx';
import { copyText } from '../../copy-text.ts';
import type { ListedFragment } from '../../generated/graphql.ts';
import { text } from '../../language/language.ts';
import { wholeNumber } from '../../language/times.ts';
import { addressOf } from '../../session-address.ts';
import { SETTINGS } from '../../settings.ts';
import { imageSnippet } from '../../share/snippets.ts';
import { complain, say } from '../../toasts.ts';
import { useFrames } from '../../use-frames.ts';
import { useOnScreen } from './use-on-screen.ts';

interface SessionCardProps {
  readonly session: ListedFragment;
  readonly onDelete: () => void;
}

/** One picture of the list, live while it is on screen. */
export function SessionCard({ session, onDelete }: SessionCardProps) {
  const { id, name, visibility, updatedAt, expiresAt, viewers, frame } = session;
  const isPrivate = visibility === 'PRIVATE';
  const [card, isOnScreen] = useOnScreen<HTMLLIElement>();
  const live = useFrames(isOnScreen ? id : null);
  const { sessions, common } = text.value;
  const address = addressOf(id);
  async function copyImage() {
    if (await copyText(imageSnippet(SETTINGS.base, id))) say(common.copied);
    else complain(common.copyByHand);
  }
  return (
    <li class="session-card" ref={card}>
      <div class="picture">
        <SvgImage svg={live.frame?.svg ?? frame.svg} alt="" />
      </div>
      <div class="words">
        <h2>
          <a href={address.page}>
            <bdi class="name">{name}</bdi>
          </a>
          {isPrivate && <Lock />}
        </h2>
        <Menu label={sessions.actions(name)} button={<Icon name="more" />}>
          <a href={address.edit}>
            <Icon name="pencil" size={16} /> {sessions.edit}
          </a>
          {!isPrivate && (
            <button type="button" onClick={() => void copyImage()}>
              <Icon name="copy" size={16} /> {sessions.copyImage}
            </button>
          )}
          <hr />
          <button type="button" class="bad" onClick={onDelete}>
            <Icon name="trash" size={16} /> {sessions.delete}
          </button>
        </Menu>
        <dl>
          <div>
            <dt>{sessions.updated}</dt>
            <dd>
              <Time at={live.frame?.renderedAt ?? updatedAt} />
            </dd>
          </div>
          <div>
            <dt>{sessions.timeLeft}</dt>
            <dd>{expiresAt === null ? sessions.forever : <Time at={expiresAt} />}</dd>
          </div>
        </dl>
        <p class="watching">
          <Icon name="eye" size={14} /> {sessions.viewers(wholeNumber(viewers))}
        </p>
      </div>
    </li>
  );
}
