import { useRef } from 'preact/hooks';
import { text } from '../language/language.ts';
import { type ControlProps, sliderRange } from './control-kind.ts';
import { PickedOrTyped } from './picked-or-typed.tsx';
import { Slider } from './slider.tsx';
import { type Read, useTyped } from './use-typed.ts';

function readNumber(typed: string): Read<number> {
  const value = typed.trim() === '' ? Number.NaN : Number(typed);
  return Number.isFinite(value) ? { value } : null;
}

/** A number to slide or type. */
export function NumberInput({ id, field: { name, value, fallback }, onChange }: ControlProps) {
  const shown = Number(value ?? fallback ?? 0);
  const typed = useTyped({ value: shown, write: String, read: readNumber, onChange });
  // The range stays while it is slid.
  const range = useRef(sliderRange(shown));
  if (shown > range.current.max || shown < range.current.min) range.current = sliderRange(shown);
  const words = text.value.args;
  return (
    <PickedOrTyped id={id} class="arg-number" type="number" typed={typed} fault={words.noNumber(String(shown))}>
      <Slider
        label={words.slide(name)}
        range={range.current}
        value={shown}
        onSlide={(next) => typed.type(String(next))}
      />
    </PickedOrTyped>
  );
}
