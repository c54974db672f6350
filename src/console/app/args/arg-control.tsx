import { useId } from 'preact/hooks';
import { ColourInput } from './colour-input.tsx';
import type { ControlProps } from './control-kind.ts';
import { JsonInput } from './json-input.tsx';
import { NumberInput } from './number-input.tsx';

function SwitchInput({ id, field: { value, fallback }, onChange }: ControlProps) {
  const isOn = Boolean(value ?? fallback);
  return (
    <input
      id={id}
      type="checkbox"
      class="switch"
      role="switch"
      checked={isOn}
      aria-checked={isOn}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

function TextInput({ id, field: { value, fallback }, onChange }: ControlProps) {
  return (
    <input
      id={id}
      class="input"
      autocomplete="off"
      value={String(value ?? '')}
      placeholder={fallback === null || fallback === undefined ? '' : String(fallback)}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

const CONTROLS = { number: NumberInput, colour: ColourInput, switch: SwitchInput, text: TextInput, json: JsonInput };

/** One arg with its label. */
export function ArgControl({ field, onChange }: Omit<ControlProps, 'id'>) {
  const id = useId();
  const Control = CONTROLS[field.kind];
  return (
    <div class={field.kind === 'switch' ? 'arg arg-switch' : 'arg'}>
      <label for={id}>{field.name}</label>
      <Control id={id} field={field} onChange={onChange} />
    </div>
  );
}
