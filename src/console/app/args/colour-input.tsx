import { text } from '../language/language.ts';
import type { ControlProps } from './control-kind.ts';
import { useTyped } from './use-typed.ts';

/** `#rrggbb`, which is all that a browser's own picker knows; null: it is another colour, or none. */
function sixDigits(colour: string): string | null {
  const long = /^#[\da-f]{3}$/i.test(colour) ? colour.replace(/[\da-f]/gi, '$&$&') : colour;
  return /^#[\da-f]{6}$/i.test(long) ? long : null;
}

/** A colour to pick or type. What only looks like one may become any text. */
export function ColourInput({ id, field: { name, value, fallback, isPaint }, onChange }: ControlProps) {
  const shown = String(value ?? fallback ?? '');
  const typed = useTyped({
    value: shown,
    write: String,
    read: (colour) => (isPaint && colour !== shown && !CSS.supports('fill', colour) ? null : { value: colour }),
    onChange,
  });
  const faultId = `${id}-fault`;
  return (
    <>
      <div class="arg-colour">
        <input
          type="color"
          class="swatch"
          aria-label={text.value.args.colour(name)}
          value={sixDigits(shown) ?? '#000000'}
          onInput={({ currentTarget }) => {
            typed.set(currentTarget.value);
            onChange(currentTarget.value);
          }}
        />
        <input
          id={id}
          class="input"
          spellcheck={false}
          autocomplete="off"
          value={typed.text}
          aria-invalid={!typed.isRead}
          aria-describedby={faultId}
          onInput={({ currentTarget }) => typed.type(currentTarget.value)}
        />
      </div>
      <p class="fault" id={faultId}>
        {typed.isRead ? null : text.value.args.noColour(shown)}
      </p>
    </>
  );
}
