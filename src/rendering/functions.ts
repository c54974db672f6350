import { charge, overrun } from './runtime/budget.ts';
import type { RenderState } from './runtime/render-state.ts';
import { toNumber } from './runtime/text.ts';
import { cycler, joiner, type Keywords, type Value } from './runtime/values.ts';
import { templateError } from './template-error.ts';

type ProvidedFunction = (state: RenderState, args: readonly Value[], keywords: Keywords) => Value;

const MAX_RANGE = 10_000;

/** What a template can call beside its own macros. */
export const FUNCTIONS: ReadonlyMap<string, ProvidedFunction> = new Map<string, ProvidedFunction>([
  ['range', (state, args, keywords) => range(state, rangeArguments(state, args, keywords))],
  ['cycler', (_, items) => cycler(items)],
  ['joiner', (_, [separator]) => joiner(separator || ',')],
  ['now', (state, args, keywords) => now(state, args, keywords)],
]);

/** Milliseconds since 1970; whole seconds with Tera's `timestamp=true`. `utc=` changes no moment. */
function now(state: RenderState, [first]: readonly Value[], keywords: Keywords): Value {
  const unknown = [...keywords.keys()].find((name) => name !== 'timestamp' && name !== 'utc');
  if (first !== undefined || unknown !== undefined) {
    throw templateError(state.at, '"now" takes nothing, or timestamp=true for seconds.');
  }
  return keywords.get('timestamp') ? Math.floor(state.now / 1000) : state.now;
}

/** Tera's `range(end=, start=, step_by=)` as nunjucks' positional ones. */
function rangeArguments(state: RenderState, args: readonly Value[], keywords: Keywords): readonly Value[] {
  if (keywords.size === 0) return args;
  for (const name of keywords.keys()) {
    if (name === 'start' || name === 'end' || name === 'step_by') continue;
    throw templateError(state.at, `"range" has no parameter "${name.slice(0, 40)}"; there are start, end, step_by.`);
  }
  if (args.length > 0 || !keywords.has('end')) {
    throw templateError(state.at, '"range" takes start, stop and step, or end= with start= and step_by=.');
  }
  return [keywords.get('start') ?? 0, keywords.get('end'), keywords.get('step_by')];
}

function range(state: RenderState, [first, second, third]: readonly Value[]): Value {
  const start = second === undefined ? 0 : toNumber(state, first);
  const stop = toNumber(state, second === undefined ? first : second);
  const step = second === undefined ? 1 : toNumber(state, third) || 1;
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > MAX_RANGE) throw overrun(state, 'range', count, MAX_RANGE, 'use a shorter range');
  const numbers: number[] = [];
  if (Number.isNaN(count)) return numbers;
  charge(state, count);
  // Adding up as nunjucks does keeps its rounding of fractions.
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) {
    // Beside 2 ** 53 a step of 1 is rounded away, and the end is never reached.
    if (i + step === i) throw overrun(state, 'range', Number.POSITIVE_INFINITY, MAX_RANGE, 'use a larger step');
    numbers.push(i);
  }
  return numbers;
}
