import { useState } from 'preact/hooks';
import { execute } from '../api.ts';
import { Confirm } from '../components/confirm.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Icon } from '../components/icon.tsx';
import { PartFailed } from '../components/load-failed.tsx';
import { Time } from '../components/time.tsx';
import { type LinkFragment, RevokeViewLinkDocument, ViewLinksDocument } from '../generated/graphql.ts';
import { text } from '../language/language.ts';
import { wholeNumber } from '../language/times.ts';
import { attempt } from '../tell.ts';
import { say } from '../toasts.ts';
import { useLoaded } from '../use-loaded.ts';
import { NewLinkDialog } from './new-link-dialog.tsx';
import { linkSnippet } from './snippets.ts';

interface LinkRowProps {
  readonly id: string;
  readonly link: LinkFragment;
  readonly onRevoke: () => void;
}

function LinkRow({ id, link, onRevoke }: LinkRowProps) {
  const { links, common, share } = text.value;
  const { url, liveUrl, createdAt, expiresAt, maxFps } = link;
  return (
    <li class="line-item">
      <dl class="line-facts">
        <div>
          <dt>{links.created}</dt>
          <dd>
            <Time at={createdAt} />
          </dd>
        </div>
        <div>
          <dt>{links.expires}</dt>
          <dd>{expiresAt === null ? common.never : <Time at={expiresAt} />}</dd>
        </div>
        <div>
          <dt>{links.maxFps}</dt>
          <dd>{maxFps === null ? links.anyFps : wholeNumber(maxFps)}</dd>
        </div>
      </dl>
      <dl class="line-facts">
        <div>
          <dt>{share.image}</dt>
          <dd>
            <CopyButton value={linkSnippet(url, id)} what={share.image} />
          </dd>
        </div>
        <div>
          <dt>{share.stream}</dt>
          <dd>
            <CopyButton value={url} what={share.stream} />
          </dd>
        </div>
        <div>
          <dt>{share.live}</dt>
          <dd>
            <CopyButton value={liveUrl} what={share.live} />
          </dd>
        </div>
      </dl>
      <button type="button" class="button danger" onClick={onRevoke}>
        {links.revoke}
      </button>
    </li>
  );
}

/** The links by which others see a private picture: made, copied and revoked. */
export function ViewLinks({ id }: { readonly id: string }) {
  const { links } = text.value;
  const [dialog, setDialog] = useState<'new' | LinkFragment | null>(null);
  const { value, error, reload } = useLoaded(async () => {
    const { data } = await execute(ViewLinksDocument, { id });
    return data.session?.viewLinks ?? [];
  }, [id]);
  const close = () => setDialog(null);

  async function revoke({ id: link }: LinkFragment) {
    if (await attempt(() => execute(RevokeViewLinkDocument, { id, link }))) say(links.revoked);
    close();
    await reload();
  }

  return (
    <section class="stack view-links" aria-labelledby="view-links-title">
      <div class="page-head">
        <div>
          <h3 id="view-links-title">{links.title}</h3>
          <p class="muted">{links.lead}</p>
        </div>
        <button type="button" class="button" onClick={() => setDialog('new')}>
          <Icon name="plus" size={16} /> {links.create}
        </button>
      </div>
      {error !== null && value === undefined && <PartFailed error={error} retry={reload} />}
      {value?.length === 0 && <p class="muted">{links.none}</p>}
      {value !== undefined && value.length > 0 && (
        <ul class="lines">
          {value.map((link) => (
            <LinkRow key={link.id} id={id} link={link} onRevoke={() => setDialog(link)} />
          ))}
        </ul>
      )}
      {dialog === 'new' && (
        <NewLinkDialog
          id={id}
          onClose={close}
          onMade={() => {
            close();
            void reload();
          }}
        />
      )}
      {dialog !== null && typeof dialog === 'object' && (
        <Confirm title={links.revokeTitle} action={links.revoke} onConfirm={() => revoke(dialog)} onClose={close}>
          <p>{links.revokeText}</p>
        </Confirm>
      )}
    </section>
  );
}
