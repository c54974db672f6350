import { Time } from '../../components/time.tsx';
import { text } from '../../language/language.ts';
import { wholeNumber } from '../../language/times.ts';

interface SessionFactsProps {
  readonly version: number;
  readonly updatedAt: string;
  readonly expiresAt: string | null;
  readonly writers: string;
  /** null: not known yet. */
  readonly viewers: number | null;
}

export function SessionFacts({ version, updatedAt, expiresAt, writers, viewers }: SessionFactsProps) {
  const { session, common } = text.value;
  return (
    <dl class="facts">
      <div>
        <dt>{session.version}</dt>
        <dd data-fact="version">{wholeNumber(version)}</dd>
      </div>
      <div>
        <dt>{session.viewers}</dt>
        <dd data-fact="viewers">{viewers === null ? '–' : wholeNumber(viewers)}</dd>
      </div>
      <div>
        <dt>{session.updated}</dt>
        <dd data-fact="updated">
          <Time at={updatedAt} />
        </dd>
      </div>
      <div>
        <dt>{session.expires}</dt>
        <dd data-fact="expires">{expiresAt === null ? common.never : <Time at={expiresAt} />}</dd>
      </div>
      <div>
        <dt>{session.writers}</dt>
        <dd>{writers}</dd>
      </div>
    </dl>
  );
}
