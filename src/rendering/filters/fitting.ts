import { charge, chargeText } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { toText } from '../runtime/text.ts';
import type { Value } from '../runtime/values.ts';
import { numberArgument, textArgument, wholeArgument } from './arguments.ts';
import type { Filter, Filters } from './filter.ts';
import { rounded } from './series.ts';
import { charactersOf, costPerUnit, eachCharacter, measuringCost, widthOf } from './text-width.ts';

const LENGTH = { min: 0, max: 100_000 };
const WIDTH = { ...LENGTH, name: 'width' };
const SIZE = { ...LENGTH, name: 'size' };
const PLACES = { name: 'length', min: 0, max: 1000 };
const USUAL_SIZE = 16;
/** In font sizes. */
const NARROWEST = 0.19;
/** More than all but the rarest emoji have. */
const UNITS_PER_CHARACTER = 8;

function measurable(state: RenderState, input: Value): readonly string[] {
  const text = toText(state, input);
  charge(state, measuringCost(text));
  return charactersOf(text);
}

const textWidth: Filter['apply'] = (state, input, [size]) => {
  if (input === undefined || input === null) return 0;
  return rounded(widthOf(measurable(state, input)) * numberArgument(state, size, SIZE, USUAL_SIZE), 2);
};

/** Code units in which a text that fits ends: no more of it is looked at. */
const mostUnits = (room: number): number => Math.ceil(room / NARROWEST) * UNITS_PER_CHARACTER + 1;

const fit: Filter['apply'] = (state, input, [width, size, end]) => {
  if (input === undefined || input === null) return input;
  const room = numberArgument(state, width, WIDTH, 100) / numberArgument(state, size, SIZE, USUAL_SIZE);
  const whole = toText(state, input);
  const head = whole.slice(0, Number.isFinite(room) ? mostUnits(room) : whole.length);
  const perUnit = costPerUnit(head);
  const characters: string[] = [];
  let taken = 0;
  for (const character of eachCharacter(head)) {
    charge(state, character.length * perUnit);
    characters.push(character);
    taken += widthOf([character]);
    if (taken > room) break;
  }
  if (head === whole && !(taken > room)) return whole;
  const tail = textArgument(state, end, 'end', 20, '…');
  let left = room - widthOf(charactersOf(tail));
  let kept = 0;
  for (const character of characters) {
    left -= widthOf([character]);
    if (left < 0) break;
    kept += 1;
  }
  const text = characters.slice(0, kept).join('').trimEnd() + tail;
  chargeText(state, text.length);
  return text;
};

const pad: Filter['apply'] = (state, input, [length, filling, end]) => {
  if (input === undefined || input === null) return input;
  const characters = measurable(state, input);
  const missing = wholeArgument(state, length, PLACES, 2) - characters.length;
  const text = characters.join('');
  if (missing <= 0) return text;
  const added = (textArgument(state, filling, 'with', 4, '0') || ' ').repeat(missing);
  chargeText(state, text.length + added.length);
  return end ? text + added : added + text;
};

export const FITTING_FILTERS: Filters = [
  ['fit', { apply: fit, parameters: ['width', 'size', 'end'] }],
  ['pad', { apply: pad, parameters: ['length', 'with', 'end'] }],
  ['text_width', { apply: textWidth, parameters: ['size'] }],
];
