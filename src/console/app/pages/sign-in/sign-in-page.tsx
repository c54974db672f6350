import { useLocation } from 'preact-iso';
import { me } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { useTitle } from '../../use-title.ts';
import { SignInForm } from './sign-in-form.tsx';

/** `/sign-in` */
export function SignInPage() {
  const { route } = useLocation();
  const { signIn, nav } = text.value;
  useTitle(signIn.title);
  return (
    <main id="main" class="page sign-in">
      <div class="card stack">
        <div>
          <h1>{signIn.title}</h1>
          <p class="muted">{signIn.lead}</p>
        </div>
        {me.value === null ? (
          <SignInForm user={null} onDone={() => route('/sessions')} />
        ) : (
          <>
            <p>{signIn.already(me.value)}</p>
            <a class="button" href="/sessions">
              {nav.sessions}
            </a>
          </>
        )}
      </div>
    </main>
  );
}
