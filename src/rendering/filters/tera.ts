import { charge, chargeSearch, chargeText } from '../runtime/budget.ts';
import { elementsOf, member } from '../runtime/members.ts';
import { strictEquals, toKey } from '../runtime/operators.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { toNumber, toText } from '../runtime/text.ts';
import { dict, isDict, isList, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { dump } from './dump.ts';
import { asSafeAs, type Filter, type Filters, requireList, requireText, unlessMissing } from './filter.ts';

// Filters of Tera that nunjucks does not have, with Tera's meaning.

const named = (parameters: readonly string[], apply: Filter['apply']): Filter => ({
  ...unlessMissing(apply),
  parameters,
});

/** The member of each element at `a.b`; undefined where there is none. */
export function membersAt(state: RenderState, elements: readonly Value[], attribute: Value): readonly Value[] {
  const path = toText(state, attribute);
  chargeText(state, path.length);
  const keys = path.split('.');
  charge(state, keys.length + elements.length * keys.length);
  return elements.map((element) => keys.reduce<Value>((value, key) => member(value, key), element));
}

const isNothing = (value: Value): boolean => value === undefined || value === null;

const filter: Filter['apply'] = (state, input, [attribute, wanted]) => {
  const elements = requireList(state, input);
  const members = membersAt(state, elements, attribute);
  return elements.filter((_, i) => {
    const value = members[i];
    return wanted === undefined ? !isNothing(value) : strictEquals(state, value, wanted);
  });
};

const map: Filter['apply'] = (state, input, [attribute]) =>
  membersAt(state, requireList(state, input), attribute).filter((value) => !isNothing(value));

const groupBy: Filter['apply'] = (state, input, [attribute]) => {
  const elements = requireList(state, input);
  const groups = dict();
  for (const [i, value] of membersAt(state, elements, attribute).entries()) {
    if (isNothing(value)) continue;
    const key = toKey(state, value);
    const group = groups[key];
    if (isList(group)) (group as Value[]).push(elements[i]);
    else groups[key] = [elements[i]];
  }
  return groups;
};

const unique: Filter['apply'] = (state, input, [attribute, caseSensitive]) => {
  const elements = requireList(state, input);
  const members = attribute === undefined ? elements : membersAt(state, elements, attribute);
  charge(state, elements.length);
  const seen = new Set<string>();
  return elements.filter((_, i) => {
    const json = dump(state, members[i], '') ?? '';
    chargeText(state, json.length);
    const key = caseSensitive ? json : json.toLowerCase();
    return seen.size < seen.add(key).size;
  });
};

const concat: Filter['apply'] = (state, input, [addition]) => {
  const elements = requireList(state, input);
  const more = isList(addition) ? addition : [addition];
  charge(state, elements.length + more.length);
  return [...elements, ...more];
};

const split: Filter['apply'] = (state, input, [separator]) => {
  const text = requireText(state, input);
  const between = toText(state, separator);
  chargeSearch(state, text.length, between.length);
  if (between === '') return elementsOf(state, text);
  const parts = text.split(between);
  charge(state, parts.length);
  return parts;
};

const get: Filter['apply'] = (state, input, [key, otherwise]) => {
  if (!isDict(input)) throw templateError(state.at, '"get" takes an object.');
  const value = member(input, toKey(state, key));
  return value === undefined ? otherwise : value;
};

const slugify: Filter['apply'] = (state, input) => {
  const text = requireText(state, input);
  charge(state, text.length >> 2);
  // Marks go first: bringing 128,000 of them after one letter into their order takes 25 seconds.
  const decomposed = text
    .replace(/\p{M}+/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  chargeText(state, decomposed.length);
  return decomposed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
};

const pluralize: Filter['apply'] = (state, input, [singular = '', plural = 's']) =>
  Math.abs(toNumber(state, input)) === 1 ? singular : plural;

const PREFIXES = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

/** Powers of 1024, at most two decimals: `117.74 MB`. */
const filesizeformat: Filter['apply'] = (state, input, [binary]) => {
  let size = toNumber(state, input);
  let power = 0;
  while (Math.abs(size) >= 1024 && power < PREFIXES.length - 1) {
    size /= 1024;
    power += 1;
  }
  const unit = power === 0 ? 'B' : `${PREFIXES[power]}${binary ? 'iB' : 'B'}`;
  return `${Math.round(size * 100) / 100} ${unit}`;
};

const jsonEncode: Filter['apply'] = (state, input, [pretty]) => {
  const json = dump(state, input, pretty ? '  ' : '');
  if (json !== undefined) chargeText(state, json.length);
  return json;
};

/** Tera's `slice(start=, end=)`: a part of the list; negative ones count from its end. */
export const sliceByKeyword = named(['start', 'end'], (state, input, [start, end]) => {
  const elements = requireList(state, input);
  const from = start === undefined ? 0 : toNumber(state, start);
  const part = elements.slice(from, end === undefined ? undefined : toNumber(state, end));
  charge(state, part.length);
  return part;
});

/** Tera's `truncate(length=, end=)`: that many characters, words cut, then `…`. */
export const truncateByKeyword = named(['length', 'end', 'killwords'], (state, input, [length, end, killWords]) => {
  const text = requireText(state, input);
  const max = length === undefined ? 255 : toNumber(state, length);
  if (text.length <= max) return input;
  const space = killWords === undefined || killWords ? max : text.lastIndexOf(' ', max);
  const kept = text.slice(0, Math.max(0, space === -1 ? max : space) || 0);
  // Half of a character outside the first plane is no character.
  const whole = kept.replace(/[\ud800-\udbff]$/, '');
  const tail = end === undefined ? '…' : toText(state, end);
  chargeText(state, whole.length + tail.length);
  return asSafeAs(input, whole + tail);
});

export const TERA_FILTERS: Filters = [
  ['concat', named(['with'], concat)],
  ['filesizeformat', named(['binary'], filesizeformat)],
  ['filter', named(['attribute', 'value'], filter)],
  ['get', named(['key', 'default'], get)],
  ['group_by', named(['attribute'], groupBy)],
  ['json_encode', named(['pretty'], jsonEncode)],
  ['map', named(['attribute'], map)],
  ['nth', named(['n'], (state, input, [n]) => member(requireList(state, input), toNumber(state, n)))],
  ['pluralize', named(['singular', 'plural'], pluralize)],
  ['slugify', unlessMissing(slugify)],
  ['split', named(['pat'], split)],
  ['trim_end', unlessMissing((state, input) => asSafeAs(input, requireText(state, input).trimEnd()))],
  ['trim_start', unlessMissing((state, input) => asSafeAs(input, requireText(state, input).trimStart()))],
  ['unique', named(['attribute', 'case_sensitive'], unique)],
];
