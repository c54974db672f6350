import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { execute } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { DeleteAccountDocument } from '../../generated/graphql.ts';
import { me, signOut } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { say } from '../../toasts.ts';
import { passwordFault } from './password-fault.ts';

/** At once and for good, so it takes the password too. */
export function DeleteAccount() {
  const { route } = useLocation();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { account } = text.value;
  async function remove() {
    try {
      await execute(DeleteAccountDocument, { password });
    } catch (cause) {
      setFault(passwordFault(cause));
      return;
    }
    await signOut();
    say(account.deleted);
    route('/');
  }
  return (
    <>
      <p class="muted">{account.deleteText}</p>
      <div>
        <button type="button" class="button danger" onClick={() => setOpen(true)}>
          {account.delete}
        </button>
      </div>
      {open && (
        <Confirm
          title={account.deleteConfirm(me.value ?? '')}
          action={account.delete}
          onConfirm={remove}
          onClose={() => setOpen(false)}
        >
          <PasswordField label={account.confirmPassword} fault={fault} value={password} onInput={setPassword} />
        </Confirm>
      )}
    </>
  );
}
