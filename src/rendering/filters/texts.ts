import { charge, chargeSearch, chargeText, checkText } from '../runtime/budget.ts';
import { elementsOf, member } from '../runtime/members.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { toNumber, toPrimitive, toText } from '../runtime/text.ts';
import { isDict, isList, isSafe, type Value } from '../runtime/values.ts';
import { asSafeAs, type Filter, type Filters, requireText, textOrEmpty, unlessMissing } from './filter.ts';
import { truncateByKeyword } from './tera.ts';

const capitalized = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
};

/** The result of `compute` is as safe as the input was. */
const keepingSafety = (compute: (text: string) => string): Filter => ({
  apply: (state, input) => asSafeAs(input, compute(textOrEmpty(state, input))),
});

/** As nunjucks counts: a fraction adds one more. */
function spaces(state: RenderState, count: number, times = 1): string {
  const width = Math.max(0, Math.ceil(count) || 0);
  chargeText(state, width * times);
  return ' '.repeat(width);
}

const center: Filter['apply'] = (state, input, [width]) => {
  if (input === undefined || input === null || input === false) return centered(state, '', width);
  return centered(state, input, width);
};

function centered(state: RenderState, input: Value, width: Value): Value {
  const text = toText(state, input);
  const length = typeof input === 'string' || isSafe(input) ? text.length : member(input, 'length');
  const missing = toNumber(state, width || 80) - toNumber(state, length);
  if (missing <= 0) return input;
  chargeText(state, text.length + (missing || 0));
  const before = spaces(state, missing / 2 - (missing % 2));
  return asSafeAs(input, before + text + spaces(state, missing / 2));
}

const indent: Filter['apply'] = (state, input, [width, indentFirst]) => {
  const text = textOrEmpty(state, input);
  if (text === '') return '';
  const lines = text.split('\n');
  charge(state, lines.length);
  const indentation = spaces(state, toNumber(state, width || 4), lines.length);
  return asSafeAs(input, lines.map((line, i) => (i === 0 && !indentFirst ? line : indentation + line)).join('\n'));
};

const replace: Filter['apply'] = (state, input, [old, substitute, maxCount]) => {
  if (typeof old !== 'string' && typeof old !== 'number') return input;
  if (typeof input !== 'string' && typeof input !== 'number' && !isSafe(input)) return input;
  const text = toText(state, input);
  const sought = `${old}`;
  const replacement = `${toPrimitive(state, substitute)}`;
  if (sought === '') {
    chargeText(state, text.length + replacement.length * (text.length + 1));
    const between = substitute === undefined ? ',' : replacement;
    return asSafeAs(input, replacement + text.split('').join(between) + replacement);
  }
  const limit = maxCount === undefined ? -1 : toNumber(state, maxCount);
  chargeText(state, text.length);
  chargeSearch(state, text.length, sought.length);
  if (limit === 0 || !text.includes(sought)) return typeof input === 'number' ? text : input;
  let result = '';
  let position = 0;
  let count = 0;
  for (let found = text.indexOf(sought); found > -1; found = text.indexOf(sought, position)) {
    if (limit !== -1 && !(count < limit)) break;
    result += text.slice(position, found) + replacement;
    checkText(state, result.length);
    position = found + sought.length;
    count += 1;
  }
  result += text.slice(position);
  chargeText(state, result.length);
  return asSafeAs(input, result);
};

const truncate: Filter['apply'] = (state, input, [length, killWords, end]) => {
  const max = toNumber(state, length || 255);
  // As nunjucks has it, whatever has a length may be short enough.
  const size = isList(input) || isDict(input) ? member(input, 'length') : undefined;
  if (typeof size === 'number' && size <= max) return input;
  const text = textOrEmpty(state, input);
  if (text.length <= max) return isSafe(input) ? input : text;
  const space = killWords ? max : text.lastIndexOf(' ', max);
  const kept = text.substring(0, space === -1 ? max : space);
  const tail = end === undefined || end === null ? '...' : `${toPrimitive(state, end)}`;
  chargeText(state, kept.length + tail.length);
  return asSafeAs(input, kept + tail);
};

const reverse: Filter['apply'] = (state, input) => {
  const elements = input === null || input === undefined ? [] : elementsOf(state, input).toReversed();
  // What was escaped is no longer, back to front.
  return typeof input === 'string' || isSafe(input) ? elements.join('') : elements;
};

const title: Filter['apply'] = (state, input) => {
  const words = textOrEmpty(state, input).split(' ');
  charge(state, words.length);
  return asSafeAs(input, words.map(capitalized).join(' '));
};

export const TEXT_FILTERS: Filters = [
  ['capitalize', keepingSafety(capitalized)],
  ['center', { apply: center }],
  ['indent', { apply: indent }],
  ['lower', { apply: (state, input) => textOrEmpty(state, input).toLowerCase() }],
  ['replace', { apply: replace, parameters: ['from', 'to', 'count'] }],
  ['reverse', { apply: reverse }],
  ['string', unlessMissing((state, input) => (isSafe(input) ? input : toText(state, input)))],
  ['title', { apply: title }],
  ['trim', unlessMissing((state, input) => asSafeAs(input, requireText(state, input).trim()))],
  ['truncate', { apply: truncate, byKeyword: truncateByKeyword }],
  ['upper', { apply: (state, input) => textOrEmpty(state, input).toUpperCase() }],
  [
    'wordcount',
    { apply: (state, input) => (input ? (textOrEmpty(state, input).match(/\w+/g)?.length ?? null) : null) },
  ],
];
