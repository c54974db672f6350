import { FILTERS } from '../filters/filters.ts';
import { FUNCTIONS } from '../functions.ts';
import { TESTS } from '../tests.ts';
import { didYouMean } from './suggestion.ts';

// What messages add for those who come from another language, or whose finger slipped.

/** What stands for the methods of other languages. */
const MENDS: ReadonlyMap<string, string> = new Map([
  ...[
    ['toUpperCase', 'upper'],
    ['toLowerCase', 'lower'],
    ['toFixed', 'number(2)'],
    ['toString', 'string'],
    ['strip', 'trim'],
    ['push', 'concat(with=value)'],
    ['append', 'concat(with=value)'],
    ['substring', 'truncate(5)'],
    ['padStart', 'pad(5)'],
    ['toLocaleString', 'number'],
  ].map(([method, filter]) => [method as string, `use a filter: {{ value | ${filter} }}`] as const),
  ...['includes', 'contains', 'indexOf', 'has'].map((method) => [method, 'write {% if part in whole %}'] as const),
  ['startsWith', 'write {% if text is starting_with(part) %}'],
  ['startswith', 'write {% if text is starting_with(part) %}'],
  ['endsWith', 'write {% if text is ending_with(part) %}'],
  ['endswith', 'write {% if text is ending_with(part) %}'],
  ...['items', 'entries', 'keys', 'values'].map((method) => [method, 'write {% for key, value in object %}'] as const),
  ...['size', 'count', 'length'].map((method) => [method, 'use a filter: {{ value | length }}'] as const),
  ...['forEach', 'each'].map((method) => [method, 'write {% for item in list %}'] as const),
  ['get', 'write object[key]'],
]);

/** How to do what the call of a method asks for; null: nobody knows. */
export function mendOfMethod(method: string): string | null {
  const mend = MENDS.get(method);
  if (mend !== undefined) return mend;
  return FILTERS.has(method) ? `it is a filter: {{ value | ${method} }}` : null;
}

/** Of Jinja, Liquid and Twig. */
const FILTERS_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['raw', 'write the markup in the template, or use "svg", which checks it'],
  ['json', 'use "dump"'],
  ['to_json', 'use "dump"'],
  ['tojson', 'use "dump"'],
  ['upcase', 'use "upper"'],
  ['downcase', 'use "lower"'],
  ['plus', 'write "+"'],
  ['minus', 'write "-"'],
  ['times', 'write "*"'],
  ['divided_by', 'write "/"'],
  ['matches', 'compare texts; there are no regular expressions'],
]);

export function filterHint(written: string): string {
  const mend = mendOfMethod(written) ?? FILTERS_ELSEWHERE.get(written);
  if (mend !== undefined) return ` Instead, ${mend}.`;
  return TESTS.has(written) ? ` It is a test; write {{ value is ${written} }}.` : didYouMean(written, FILTERS.keys());
}

export function testHint(written: string): string {
  if (FILTERS.has(written)) return ` It is a filter; write {{ value | ${written} }}.`;
  return didYouMean(written, TESTS.keys());
}

/** @param callable the names that the template itself gives to something. */
export function insteadOfCalling(name: string, callable: ReadonlySet<string>): string {
  const cannot = `"${name}" cannot be called`;
  if (name === 'super') return `${cannot}: it is for inheritance, and there is none.`;
  if (FILTERS.has(name)) return `${cannot}: it is a filter; write {{ value | ${name} }}.`;
  if (TESTS.has(name)) return `${cannot}: it is a test; write {{ value is ${name} }}.`;
  const known = [...FUNCTIONS.keys()];
  const hint = didYouMean(name, [...known, ...callable]);
  if (hint !== '') return `There is no macro or function "${name}".${hint}`;
  return `${cannot}: the template has no macro of that name, and the functions are ${known.join(', ')}.`;
}

export function mendOfName(name: string): string {
  if (/[“”„«»‘’]/.test(name)) return `quotes are written " or '`;
  if (name.includes(';')) return 'leave out the ";"';
  if (/^[0-9]+[a-z]/i.test(name)) return 'a number has digits only; put a text in quotes';
  return 'a name has letters, digits and "_", and no digit first';
}
