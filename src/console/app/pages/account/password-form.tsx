import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { Field } from '../../components/field.tsx';
import { ChangePasswordDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { asRequestError } from '../../tell.ts';
import { say } from '../../toasts.ts';

export function PasswordForm({ onChanged }: { readonly onChanged: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { account, signIn } = text.value;
  async function change(event: Event) {
    event.preventDefault();
    setFault(null);
    try {
      await execute(ChangePasswordDocument, { current, next });
      setCurrent('');
      setNext('');
      say(account.changed);
      onChanged();
    } catch (cause) {
      setFault(errorText(asRequestError(cause)));
    }
  }
  return (
    <form class="stack" onSubmit={(event) => void change(event)}>
      <input
        class="visually-hidden"
        name="username"
        autocomplete="username"
        value={me.value ?? ''}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field label={account.current} fault={fault}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="password"
            autocomplete="current-password"
            required
            value={current}
            onInput={({ currentTarget }) => setCurrent(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={account.next} hint={signIn.passwordHint}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="password"
            autocomplete="new-password"
            required
            minLength={8}
            maxLength={1024}
            value={next}
            onInput={({ currentTarget }) => setNext(currentTarget.value)}
          />
        )}
      </Field>
      <div>
        <button type="submit" class="button">
          {account.change}
        </button>
      </div>
    </form>
  );
}
