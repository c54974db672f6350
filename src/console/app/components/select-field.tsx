import type { ComponentChildren } from 'preact';
import { Field } from './field.tsx';

interface SelectFieldProps<Choice extends string> {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly fault?: string | null;
  readonly choices: readonly Choice[];
  /** How each choice is called. */
  readonly words: Readonly<Record<Choice, string>>;
  readonly value: Choice;
  readonly onChange: (value: Choice) => void;
}

/** One of a few. */
export function SelectField<Choice extends string>(props: SelectFieldProps<Choice>) {
  const { label, hint, fault = null, choices, words, value, onChange } = props;
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(ids) => (
        <select
          {...ids}
          class="input"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value as Choice)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {words[choice]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
