import { asking } from '../../ask-to-sign-in.ts';
import { Dialog } from '../../components/dialog.tsx';
import { text } from '../../language/language.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Stands over the page where somebody has to sign in, and leaves the page as it is. */
export function SignInDialog() {
  if (asking.value === null) return null;
  const { before, done } = asking.value;
  const { signIn, common } = text.value;
  return (
    <Dialog title={before === null ? signIn.title : signIn.again} onClose={() => done(false)}>
      <div class="stack">
        <p class="muted">{before === null ? signIn.lead : signIn.againText(before)}</p>
        <SignInForm user={before} onDone={() => done(true)} />
        <button type="button" class="button bare" onClick={() => done(false)}>
          {common.cancel}
        </button>
      </div>
    </Dialog>
  );
}
