import type { sliderRange } from './control-kind.ts';

interface SliderProps {
  readonly label: string;
  readonly range: ReturnType<typeof sliderRange>;
  readonly value: number;
  readonly onSlide: (value: number) => void;
}

/** A range with the part up to its value in the accent's colour, which styles alone can do in Firefox only. */
export function Slider({ label, range, value, onSlide }: SliderProps) {
  const { min, max } = range;
  return (
    <input
      type="range"
      class="slider"
      aria-label={label}
      {...range}
      value={value}
      style={{ '--filled': (value - min) / (max - min) }}
      onInput={({ currentTarget }) => onSlide(currentTarget.valueAsNumber)}
    />
  );
}
