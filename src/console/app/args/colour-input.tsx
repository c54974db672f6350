import { text } from '../language/language.ts';
import type { ControlProps } from './control-kind.ts';
import { PickedOrTyped } from './picked-or-typed.tsx';
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
  const words = text.value.args;
  return (
    <PickedOrTyped id={id} class="arg-colour" type="text" typed={typed} fault={words.noColour(shown)}>
      <input
        type="color"
        class="swatch"
        aria-label={words.colour(name)}
        value={sixDigits(shown) ?? '#000000'}
        onInput={({ currentTarget }) => typed.type(currentTarget.value)}
      />
    </PickedOrTyped>
  );
}
