import { Field } from './field.tsx';

interface PasswordFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | null;
  /** Whether one is thought of, which has to be long enough, or given. */
  readonly isNew?: boolean;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function PasswordField({ label, hint, fault = null, isNew = false, value, onInput }: PasswordFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(ids) => (
        <input
          {...ids}
          class="input"
          type="password"
          name="password"
          autocomplete={isNew ? 'new-password' : 'current-password'}
          required
          minLength={isNew ? 8 : 1}
          maxLength={1024}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
