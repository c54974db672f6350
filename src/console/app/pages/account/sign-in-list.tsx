import { useLocation } from 'preact-iso';
import { execute } from '../../api.ts';
import { Time } from '../../components/time.tsx';
import { EndSignInDocument, type SignInsQuery, SignOutEverywhereDocument } from '../../generated/graphql.ts';
import { signOut } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { relativeTime } from '../../language/times.ts';
import { attempt } from '../../tell.ts';
import { say } from '../../toasts.ts';
import { agentName } from './agent-name.ts';

interface SignInListProps {
  readonly signIns: SignInsQuery['signIns'];
  readonly reload: () => Promise<void>;
}

/** Where somebody is signed in as this user, and the way to end it. */
export function SignInList({ signIns, reload }: SignInListProps) {
  const { route } = useLocation();
  const { account } = text.value;
  async function end(id: string) {
    await attempt(() => execute(EndSignInDocument, { id }));
    await reload();
  }
  async function leaveEverywhere() {
    if (!(await attempt(() => execute(SignOutEverywhereDocument)))) return;
    await signOut();
    say(account.everywhereDone);
    route('/');
  }
  return (
    <>
      <ul class="lines">
        {signIns.map(({ id, agent, lastUsedAt, current }) => (
          <li key={id} class="line-item">
            <div>
              <h3 title={agent ?? undefined}>
                {agent === null ? account.unknownAgent : agentName(agent)}{' '}
                {current && <span class="badge">{account.thisOne}</span>}
              </h3>
              <p class="muted">
                {account.lastUsed} <Time at={lastUsedAt} />
              </p>
            </div>
            {!current && (
              <button type="button" class="button quiet" onClick={() => void end(id)}>
                {account.end}{' '}
                <span class="visually-hidden">
                  {agent === null ? account.unknownAgent : agentName(agent)} {relativeTime(lastUsedAt)}
                </span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <div>
        <button type="button" class="button danger" onClick={() => void leaveEverywhere()}>
          {account.everywhere}
        </button>
      </div>
    </>
  );
}
