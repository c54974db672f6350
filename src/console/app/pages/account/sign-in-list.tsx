import { useLocation } from 'preact-iso';
import { execute } from '../../api.ts';
import { Time } from '../../components/time.tsx';
import { type SignInsQuery, SignOutEverywhereDocument } from '../../generated/graphql.ts';
import { signOut } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { attempt } from '../../tell.ts';
import { say } from '../../toasts.ts';
import { agentName } from './agent-name.ts';

/** Where somebody is signed in as this user, and the way to end it. */
export function SignInList({ signIns }: { readonly signIns: SignInsQuery['signIns'] }) {
  const { route } = useLocation();
  const { account } = text.value;
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
