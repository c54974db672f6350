import { useRef } from 'preact/hooks';
import { text } from '../language/language.ts';
import { type ControlProps, sliderRange } from './control-kind.ts';
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
  const faultId = `${id}-fault`;
  return (
    <>
      <div class="arg-number">
        <input
          type="range"
          class="slider"
          aria-label={text.value.args.slide(name)}
          {...range.current}
          value={shown}
          onInput={({ currentTarget: { valueAsNumber } }) => {
            typed.set(String(valueAsNumber));
            onChange(valueAsNumber);
          }}
        />
        <input
          id={id}
          type="number"
          class="input"
          step="any"
          value={typed.text}
          aria-invalid={!typed.isRead}
          aria-describedby={faultId}
          onInput={({ currentTarget }) => typed.type(currentTarget.value)}
        />
      </div>
      <p class="fault" id={faultId}>
        {typed.isRead ? null : text.value.args.noNumber(String(shown))}
      </p>
    </>
  );
}
