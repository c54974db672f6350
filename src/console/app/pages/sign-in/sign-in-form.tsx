import { useState } from 'preact/hooks';
import type { RequestError } from '../../../../client/request-error.ts';
import { Field } from '../../components/field.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { signIn } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { SETTINGS } from '../../settings.ts';
import { asRequestError } from '../../tell.ts';
import { say } from '../../toasts.ts';

interface SignInFormProps {
  /** Who has to sign in again; null: anybody. */
  readonly user: string | null;
  readonly onDone: () => void;
}

function faultText(error: RequestError): string {
  const words = text.value.signIn;
  if (error.code === 'UNAUTHENTICATED') return words.wrong;
  if (error.code === 'CONFLICT') return words.taken;
  if (error.code === 'FORBIDDEN') return words.closed;
  return errorText(error);
}

type Mode = 'enter' | 'create';

/** Signs in, or claims a free user id where sign-up is open. */
export function SignInForm({ user, onDone }: SignInFormProps) {
  const [mode, setMode] = useState<Mode>('enter');
  const [userId, setUserId] = useState(user ?? '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<RequestError | null>(null);
  const [busy, setBusy] = useState(false);
  const words = text.value.signIn;
  const fault = error === null ? null : faultText(error);
  // Nobody is told whether an id or its password is wrong; all else that is refused is about the id.
  const isAboutId = error !== null && ['CONFLICT', 'BAD_USER_INPUT'].includes(error.code);

  function turn(next: Mode) {
    setMode(next);
    setError(null);
  }

  async function submit(event: Event) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(userId, password, mode === 'create');
      say(words.welcome(userId));
      onDone();
    } catch (cause) {
      setError(asRequestError(cause));
    } finally {
      setBusy(false);
    }
  }

  const form = (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <Field label={words.user} hint={mode === 'create' ? words.userHint : undefined} fault={isAboutId ? fault : null}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            maxLength={128}
            readOnly={user !== null}
            value={userId}
            onInput={({ currentTarget }) => setUserId(currentTarget.value)}
          />
        )}
      </Field>
      <PasswordField
        label={words.password}
        hint={mode === 'create' ? words.passwordHint : undefined}
        fault={isAboutId ? null : fault}
        isNew={mode === 'create'}
        value={password}
        onInput={setPassword}
      />
      <button type="submit" class="button large" disabled={busy}>
        {mode === 'create' ? words.create : words.submit}
      </button>
    </form>
  );
  if (!SETTINGS.signUp || user !== null) return form;
  return (
    <div class="stack">
      <Tabs
        label={words.tabs}
        tabs={[
          ['enter', words.submit],
          ['create', words.create],
        ]}
        selected={mode}
        onSelect={turn}
      >
        {form}
      </Tabs>
    </div>
  );
}
