import type { ComponentChildren } from 'preact';
import { askToSignIn } from '../ask-to-sign-in.ts';
import { known, me } from '../identity.ts';
import { text } from '../language/language.ts';
import { Notice } from './notice.tsx';

interface SignedInOnlyProps {
  /** What a stranger is told. */
  readonly title: string;
  readonly more?: string;
  readonly children: ComponentChildren;
}

/** Pages about what is somebody's. */
export function SignedInOnly({ title, more, children }: SignedInOnlyProps) {
  if (!known.value) return <main id="main" class="page" aria-busy="true" />;
  if (me.value !== null) return <>{children}</>;
  const { signIn, notFound } = text.value;
  return (
    <Notice icon="lock" title={title}>
      {more !== undefined && <p class="lead">{more}</p>}
      <p class="actions">
        <button type="button" class="button" onClick={() => void askToSignIn()}>
          {signIn.submit}
        </button>
        <a class="button quiet" href="/new">
          {notFound.make}
        </a>
      </p>
    </Notice>
  );
}
