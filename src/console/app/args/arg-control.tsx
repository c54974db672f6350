import { useId, useRef } from 'preact/hooks';
import { text } from '../language/language.ts';
import { type ArgField, type ControlKind, canShow, sliderRange } from './control-kind.ts';
import { JsonInput } from './json-input.tsx';

interface ArgControlProps {
  readonly field: ArgField;
  readonly onChange: (value: unknown) => void;
}

type ControlProps = ArgControlProps & { readonly id: string };

function NumberControl({ id, field: { name, value, fallback }, onChange }: ControlProps) {
  const shown = Number(value ?? fallback ?? 0);
  // The range stays while it is slid.
  const range = useRef(sliderRange(shown));
  if (shown > range.current.max || shown < range.current.min) range.current = sliderRange(shown);
  const change = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    if (Number.isFinite(currentTarget.valueAsNumber)) onChange(currentTarget.valueAsNumber);
  };
  return (
    <div class="arg-number">
      <input
        type="range"
        class="slider"
        aria-label={text.value.args.slide(name)}
        {...range.current}
        value={shown}
        onInput={change}
      />
      <input id={id} type="number" class="input" step="any" value={shown} onInput={change} />
    </div>
  );
}

function ColourControl({ id, field: { name, value, fallback }, onChange }: ControlProps) {
  const shown = String(value ?? fallback ?? '');
  const long = /^#[\da-f]{3}$/i.test(shown) ? shown.replace(/[\da-f]/gi, '$&$&') : shown;
  return (
    <div class="arg-colour">
      <input
        type="color"
        class="swatch"
        aria-label={text.value.args.colour(name)}
        value={/^#[\da-f]{6}$/i.test(long) ? long : '#000000'}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <input
        id={id}
        class="input"
        spellcheck={false}
        value={shown}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  );
}

/** One arg with its label. */
export function ArgControl({ field, onChange }: ArgControlProps) {
  const id = useId();
  const { name, value, fallback } = field;
  // Half a colour is none: another control in the place of this one would take the cursor from whoever types.
  const used = useRef<ControlKind | null>(null);
  const kind = used.current !== null && canShow(used.current, value) ? used.current : field.kind;
  const change = (next: unknown) => {
    used.current = kind;
    onChange(next);
  };
  if (kind === 'switch') {
    return (
      <div class="arg arg-switch">
        <label for={id}>{name}</label>
        <input
          id={id}
          type="checkbox"
          class="switch"
          role="switch"
          checked={Boolean(value ?? fallback)}
          aria-checked={Boolean(value ?? fallback)}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
      </div>
    );
  }
  return (
    <div class="arg">
      <label for={id}>{name}</label>
      {kind === 'number' && <NumberControl id={id} field={field} onChange={change} />}
      {kind === 'colour' && <ColourControl id={id} field={field} onChange={change} />}
      {kind === 'text' && (
        <input
          id={id}
          class="input"
          autocomplete="off"
          value={String(value ?? '')}
          placeholder={fallback === null || fallback === undefined ? '' : String(fallback)}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      {kind === 'json' && <JsonInput id={id} value={value ?? fallback ?? []} onChange={change} />}
    </div>
  );
}
