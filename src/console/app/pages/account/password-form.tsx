import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { PasswordField } from '../../components/password-field.tsx';
import { ChangePasswordDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { say } from '../../toasts.ts';
import { passwordFault } from './password-fault.ts';

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
      setFault(passwordFault(cause));
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
      <PasswordField label={account.current} fault={fault} value={current} onInput={setCurrent} />
      <PasswordField label={account.next} hint={signIn.passwordHint} isNew value={next} onInput={setNext} />
      <div>
        <button type="submit" class="button">
          {account.change}
        </button>
      </div>
    </form>
  );
}
