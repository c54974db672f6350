import type { Position } from '../template-error.ts';
import { didYouMean } from './suggestion.ts';

export interface OpenTag {
  readonly name: string;
  readonly at: Position;
}

/** What is known where nunjucks' parser stopped. */
export interface Stop {
  /** The parser's own words. Empty: it stumbled over something that is missing. */
  readonly message: string;
  /** What stands there, up to a few characters; empty at the end of the template. */
  readonly found: string;
  /** The template from there on. */
  readonly rest: string;
  /** The tags that are open there, outermost first, with the one that was being read. */
  readonly openTags: readonly OpenTag[];
}

const TAGS = [
  ...['if', 'for', 'set', 'macro', 'call', 'filter', 'switch', 'raw', 'verbatim', 'break', 'continue', 'set_global'],
  ...['elif', 'else', 'case', 'default', 'endif', 'endfor', 'endset', 'endmacro', 'endcall', 'endfilter', 'endswitch'],
];
const OTHER_TAGS: ReadonlyMap<string, string> = new Map([
  ...['assign', 'let', 'var', 'const', 'with', 'do'].map((tag) => [tag, '{% set name = value %}'] as const),
  ...['foreach', 'each'].map((tag) => [tag, '{% for item in list %}'] as const),
  ['unless', '{% if not … %}'],
  ['while', '{% for i in range(10) %}, and {% break %}'],
  ['comment', '{# … #}'],
  ['elsif', '{% elif … %}'],
  ['end', 'the name of what it closes, as in {% endif %}'],
]);
const BRANCHES = new Set(['else', 'elif', 'elseif', 'case', 'default']);

/** What to write for an operator of other languages. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['=', 'to compare, write "=="'],
  ['&&', 'write "and"'],
  ['&', 'write "and"'],
  ['||', 'for "or", write "or"'],
  ['!', 'write "not"'],
  ['?', 'write "a if condition else b"'],
  ['??', 'write "or", or use the filter "default"'],
  ['>', 'for "not equal", write "!="'],
  [';', 'leave it out'],
]);

const found = (what: string): string => (what === '' ? 'the template ends' : `found "${what}"`);
const mendOf = (what: string): string => {
  const mend = OPERATORS.get(what);
  return mend === undefined ? '' : `; ${mend}`;
};

/** A whole sentence that says what is wrong and how to mend it. */
export function explain({ message, found: what, rest, openTags }: Stop): string {
  const tag = /^unknown block tag: (.*)$/s.exec(message)?.[1];
  if (tag !== undefined) return explainTag(tag.slice(0, 40), openTags.at(-2) ?? null);
  const value = /^unexpected token: (.*)$/s.exec(message)?.[1];
  if (value !== undefined) return explainValue(value, openTags.at(-1)?.name);
  if (message === 'parseAggregate: expected comma after expression') return explainBracket(what, rest);
  const ended = /^expected block end in (.*) statement$/s.exec(message)?.[1];
  if (ended !== undefined) return explainEnd(ended, what);
  if (message.startsWith('expected name as lookup value')) return `Expected a name after ".", and ${found(what)}.`;
  if (/^expected symbol, got /.test(message)) {
    return `Expected the name of a filter here, and ${found(what)}${what === '|' ? mendOf('||') : ''}.`;
  }
  const known = KNOWN.get(message);
  if (known !== undefined) return known(what);
  if (isCallOfNothing(message, openTags.at(-1))) return 'After "call" comes the call of a macro: {% call name(…) %}.';
  return 'Something is missing here: a name, a value or the end of the tag.';
}

/** Whether nunjucks' parser stumbled over `{% call name %}`, after it had read up to its end. */
export const isCallOfNothing = (message: string, open: OpenTag | undefined): boolean =>
  message === '' && open?.name === 'call';

function explainTag(tag: string, open: OpenTag | null): string {
  const isEnd = tag.startsWith('end') && TAGS.includes(tag.slice(3));
  if (!isEnd && !BRANCHES.has(tag)) {
    const other = OTHER_TAGS.get(tag);
    return `There is no tag "${tag}".${other === undefined ? didYouMean(tag, TAGS) : ` Write ${other}.`}`;
  }
  if (open === null) {
    if (isEnd) return `{% ${tag} %} closes nothing: there is no open {% ${tag.slice(3)} %} before it.`;
    const home = tag === 'case' || tag === 'default' ? '{% switch %}' : '{% if %}';
    return `{% ${tag} %} stands outside of any ${home}.`;
  }
  const opening = `the {% ${open.name} %} of line ${open.at.lineno + 1}`;
  if (isEnd) return `{% ${tag} %} cannot stand here: ${opening} is open; write {% end${open.name} %} first.`;
  if (open.name === 'if' && tag !== 'case' && tag !== 'default') {
    return `{% ${tag} %} cannot follow {% else %} in ${opening}; after {% else %} comes {% endif %}.`;
  }
  return `{% ${tag} %} cannot stand directly in ${opening}; close what is open before it.`;
}

function explainValue(value: string, tag: string | undefined): string {
  if (value === '}}' || value === '-}}') return `A value is missing before "}}".`;
  if (value === '%}' || value === '-%}') {
    return tag === undefined ? 'A value is missing before "%}".' : `A value is missing in the tag "${tag}".`;
  }
  if (value === '=' && tag === 'set') return 'Expected a name after "set": {% set name = value %}.';
  return `Expected a value here, and found "${value.slice(0, 40)}"${mendOf(value)}.`;
}

function explainBracket(bracket: string, rest: string): string {
  if (bracket === '(') return 'Expected ")" for this "(".';
  if (bracket !== '[') return 'Expected "," or "}" after a value of this object; write a space between two "}".';
  if (/^\[[^\],]*:/.test(rest))
    return 'There are no slices in brackets; use a filter: {{ list | slice(start=1, end=3) }}.';
  return 'Expected "," or "]" after an element of this list.';
}

function explainEnd(tag: string, what: string): string {
  if (tag === 'else' && what === 'if') return 'A further condition is one word: write {% elif … %}.';
  if (what.endsWith('}}')) return `A tag that begins with "{%" ends with "%}"; write "%}" here.`;
  return `Expected "%}" here, at the end of the tag "${tag}", and ${found(what)}${mendOf(what)}.`;
}

const LOOP = '{% for item in list %}';

const KNOWN: ReadonlyMap<string, (what: string) => string> = new Map<string, (what: string) => string>([
  [
    'expected variable end',
    (what) =>
      what.endsWith('%}')
        ? 'What begins with "{{" ends with "}}"; write "}}" here.'
        : `Expected "}}" here, and ${found(what)}${mendOf(what)}.`,
  ],
  ['expected expression, got end of file', () => 'Expected a value here, and the template ends.'],
  ['parseFor: variable name expected for loop', () => `Expected a variable name after "for": ${LOOP}.`],
  ['parseFor: expected "in" keyword for loop', () => `Expected "in" after the name of the loop: ${LOOP}.`],
  ['parseSet: expected = or block end in set tag', () => 'Expected "=" after the name: {% set name = value %}.'],
  ['invalid index', () => 'Only one key or index may stand in brackets.'],
  ['tag name expected', (what) => `Expected the name of a tag, such as "if", and ${found(what)}.`],
  ['expected arguments', () => 'Parentheses are missing after the name: {% macro name(a, b=1) %}.'],
  ['parseSignature: expected comma after expression', (what) => `Expected "," or ")" here, and ${found(what)}.`],
  ['parseAggregate: expected colon after dict key', () => 'Expected ":" after a key of this object: {name: value}.'],
  ['expected end of comment, got end of file', () => 'This comment is never closed; end it with "#}".'],
  ['unexpected end of comment', () => '"#}" closes no comment; for the two characters write {{ "#}" }}.'],
]);

/** The first word or sign of what stands somewhere. */
export function beginningOf(text: string): string {
  return /^(?:[\w$]{1,40}|-?[%}]\}|&&|\|\||\?\?|\S)/.exec(text)?.[0] ?? '';
}

/** @param rest the template from the name of the tag on. */
export function explainUnclosed({ name }: OpenTag, rest: string): string {
  if (name === 'switch' && !/\{%-?\s*(?:case|default)\b/.test(rest)) {
    return 'A "switch" has a {% case value %} before {% endswitch %}.';
  }
  const isSet = name.startsWith('set');
  const value = isSet ? ', or give it a value: {% set name = value %}' : '';
  return `{% ${name} %} is never closed; write {% end${isSet ? 'set' : name} %}${value}.`;
}
