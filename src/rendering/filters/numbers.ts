import { charge } from '../runtime/budget.ts';
import { add } from '../runtime/operators.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { toNumber, toPrimitive, toText } from '../runtime/text.ts';
import type { Value } from '../runtime/values.ts';
import { type Filter, type Filters, requireList } from './filter.ts';
import { plucked } from './lists.ts';

const round: Filter['apply'] = (state, input, [precision, method]) => {
  const factor = 10 ** toNumber(state, precision || 0);
  const scaled = toNumber(state, input) * factor;
  if (method === 'ceil') return Math.ceil(scaled) / factor;
  return (method === 'floor' ? Math.floor(scaled) : Math.round(scaled)) / factor;
};

const sum: Filter['apply'] = (state, input, [attribute, start]) => {
  if (input === undefined && !attribute) return undefined;
  const elements = attribute ? plucked(state, input, attribute) : requireList(state, input);
  charge(state, elements.length);
  let total: Value = 0;
  for (const element of elements) total = add(state, total, element);
  return add(state, start === undefined ? 0 : start, total);
};

/** The text in which to read a number. Reading digits is slow. */
function digitsOf(state: RenderState, input: Value): string {
  const text = toText(state, input);
  charge(state, text.length >> 3);
  return text;
}

export const NUMBER_FILTERS: Filters = [
  ['abs', { apply: (state, input) => Math.abs(toNumber(state, input)) }],
  [
    'float',
    {
      apply: (state, input, [otherwise]) => {
        const number = Number.parseFloat(digitsOf(state, input));
        return Number.isNaN(number) ? otherwise : number;
      },
    },
  ],
  [
    'int',
    {
      apply: (state, input, [otherwise, base]) => {
        const radix = base === undefined ? 10 : Number(toPrimitive(state, base));
        const number = Number.parseInt(digitsOf(state, input), radix);
        return Number.isNaN(number) ? otherwise : number;
      },
      parameters: ['default', 'base'],
    },
  ],
  ['round', { apply: round, parameters: ['precision', 'method'] }],
  ['sum', { apply: sum }],
];
