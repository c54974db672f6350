import type { ComponentChildren } from 'preact';
import { askToSignIn } from '../ask-to-sign-in.ts';
import { known, me } from '../identity.ts';
import { text } from '../language/language.ts';

/** Pages about what is somebody's. */
export function SignedInOnly({ children }: { readonly children: ComponentChildren }) {
  if (!known.value) return <main id="main" class="page" aria-busy="true" />;
  if (me.value !== null) return <>{children}</>;
  const { sessions, signIn, notFound } = text.value;
  return (
    <main id="main" class="page">
      <div class="notice">
        <h1>{sessions.signInTitle}</h1>
        <p class="lead">{sessions.signInText}</p>
        <p class="actions">
          <button type="button" class="button" onClick={() => void askToSignIn()}>
            {signIn.submit}
          </button>
          <a class="button quiet" href="/new">
            {notFound.make}
          </a>
        </p>
      </div>
    </main>
  );
}
