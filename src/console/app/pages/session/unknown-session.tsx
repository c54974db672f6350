import { useEffect } from 'preact/hooks';
import { execute } from '../../api.ts';
import { Notice } from '../../components/notice.tsx';
import { SessionNowDocument } from '../../generated/graphql.ts';
import { text } from '../../language/language.ts';
import { SETTINGS } from '../../settings.ts';

const LOOK_EVERY_MS = 3000;

interface UnknownSessionProps {
  /** null: no session can have this name. */
  readonly id: string | null;
  /** It was seen here before. Default: false. */
  readonly wasThere?: boolean;
  readonly onMade: () => Promise<void>;
}

/** Says why there may be none, and looks from time to time whether there is one now. */
export function UnknownSession({ id, wasThere = false, onMade }: UnknownSessionProps) {
  useEffect(() => {
    if (id === null) return;
    const timer = setInterval(async () => {
      if (document.hidden) return;
      const answer = await execute(SessionNowDocument, { id }).catch(() => null);
      if (answer !== null && answer.data.session !== null) await onMade();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [id]);
  const { notFound, common } = text.value;
  const title = wasThere ? notFound.goneTitle : notFound.sessionTitle;
  return (
    <Notice icon="search" title={id === null ? notFound.nameTitle : title}>
      <p class="lead">
        <bdi class="name">
          {id === null ? notFound.nameText : wasThere ? notFound.goneText(id) : notFound.sessionText(id)}
        </bdi>
      </p>
      {id !== null && <p class="muted">{wasThere ? notFound.goneWhy : notFound.sessionWhy}</p>}
      {id !== null && <p class="muted">{notFound.waiting}</p>}
      <p class="actions">
        <a class="button" href="/new">
          {notFound.make}
        </a>
        <a class="button quiet" href="/">
          {common.startPage}
        </a>
        {SETTINGS.demo !== null && (
          <a class="button quiet" href={`/session/${SETTINGS.demo}`}>
            {text.value.welcome.demo}
          </a>
        )}
      </p>
    </Notice>
  );
}
