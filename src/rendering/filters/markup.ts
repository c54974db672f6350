import { charge, chargeText, checkText } from '../runtime/budget.ts';
import { elementsOf, keysOf, member } from '../runtime/members.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { escapeText, toNumber, toText } from '../runtime/text.ts';
import { isDict, isSafe, safe, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { asSafeAs, type Filter, type Filters, requireText, textOrEmpty, unlessMissing } from './filter.ts';
import { stripTags } from './strip-tags.ts';
import { urlizeWord } from './urlize.ts';

function escaped(state: RenderState, input: Value): Value {
  const text = input === undefined || input === null ? '' : toText(state, input);
  chargeText(state, text.length);
  const markup = escapeText(text);
  chargeText(state, markup.length);
  return safe(markup);
}

const escapeUnlessSafe: Filter['apply'] = (state, input) => (isSafe(input) ? input : escaped(state, input));

/** Half of a surrogate pair cannot be encoded. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

const urlencode: Filter['apply'] = (state, input) => {
  if (typeof input === 'string' || isSafe(input)) {
    const text = toText(state, input);
    chargeText(state, text.length);
    const encoded = encode(text);
    chargeText(state, encoded.length);
    return encoded;
  }
  const pairs = isDict(input)
    ? keysOf(state, input).map((key) => [key, member(input, key)] as const)
    : elementsOf(state, input).map((pair) => {
        if (pair !== undefined && pair !== null) return [member(pair, 0), member(pair, 1)] as const;
        throw templateError(state.at, '"urlencode" takes pairs of a name and a value, and one of them is nothing.');
      });
  let text = '';
  for (const [key, value] of pairs) {
    if (text !== '') text += '&';
    const [name, content] = [toText(state, key), toText(state, value)];
    checkText(state, text.length + name.length + content.length);
    text += `${encode(name)}=${encode(content)}`;
  }
  chargeText(state, text.length);
  return text;
};

const urlize: Filter['apply'] = (state, input, [length, nofollow]) => {
  const text = requireText(state, input);
  const shown = length === undefined ? Number.POSITIVE_INFINITY : toNumber(state, length);
  const words = text.split(/(\s+)/).filter((word) => word !== '');
  const markup = words.map((word) => urlizeWord(word, Number.isNaN(shown) ? Infinity : shown, nofollow === true));
  const result = markup.join('');
  chargeText(state, result.length * 4);
  return result;
};

const striptags: Filter['apply'] = (state, input, [keepLines]) => {
  const text = textOrEmpty(state, input);
  charge(state, text.length >> 2);
  return asSafeAs(input, stripTags(text, Boolean(keepLines)));
};

export const MARKUP_FILTERS: Filters = [
  ['e', { apply: escapeUnlessSafe }],
  ['escape', { apply: escapeUnlessSafe }],
  ['forceescape', { apply: escaped }],
  [
    'nl2br',
    {
      apply: (state, input) => {
        if (input === undefined || input === null) return '';
        const text = requireText(state, input);
        return asSafeAs(input, text.replace(/\r\n|\n/g, '<br />\n'));
      },
    },
  ],
  ['striptags', { apply: striptags }],
  ['urlencode', { apply: urlencode }],
  ['urlize', unlessMissing(urlize)],
];
