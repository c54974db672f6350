import type { Ask, Case } from '../case.ts';

const create = (name: string): Ask => ({ do: 'create', name });
const push = (id: string): Ask => ({ do: 'push', id, args: '{"n":"x"}' });

/** What no name may be, told when one is made and when one is looked for. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['white space alone', ' \t\u00a0 '],
  ['one dot', '.'],
  ['two dots', '..'],
  ['two dots amid spaces', ' .. '],
  ['129 characters', 'n'.repeat(129)],
  ['129 characters of four bytes each', '🌡'.repeat(129)],
  ['10,000 characters', 'n'.repeat(10_000)],
  ['NUL', 'a\u0000b'],
  ['a line break', 'a\r\nb'],
  ['a C1 control character', 'a\u0085b'],
  ['half of a surrogate pair', 'a\ud800'],
];

/** What looks dangerous and is a name like any other. */
const ALLOWED: readonly (readonly [string, string])[] = [
  ['a colon', 'user:alice:session:kept'],
  ['spaces inside', 'a  b'],
  ['emoji', '👩‍🚀🌡️'],
  ['128 characters', 'n'.repeat(128)],
  ['128 characters of four bytes each', '🌡'.repeat(128)],
  ['three dots', '...'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['glob characters', '*?[a-z]\\^$'],
  ['percent signs', '%2F%00%'],
  ['a question mark and a hash', 'a?b=c#d'],
  ['markup', '<script>"\'&'],
  ['braces, as hash tags have them', '{alice}x'],
  ['a key of the store', 'rsvg:session:{alice}:kept'],
];

const refused = REFUSED.map(
  ([what, name]): Case => ({
    what: `creating under a name of ${what}`,
    ask: create(name),
    code: 'BAD_USER_INPUT',
  }),
);

const looked = REFUSED.filter(([, name]) => name !== '' && name.isWellFormed() && name.length < 1000).map(
  ([what, name]): Case => ({
    what: `writing to a name of ${what}`,
    ask: push(name),
    code: 'BAD_USER_INPUT',
  }),
);

const allowed = ALLOWED.map(
  ([what, name]): Case => ({ what: `creating under a name of ${what}`, ask: create(name), code: null, REST: 201 }),
);

const missing = ALLOWED.map(
  ([what, name]): Case => ({
    what: `writing to nobody's name of ${what}`,
    ask: push(`mallory/${name}`),
    code: 'NOT_FOUND',
    as: 'mallory',
  }),
);

export const NAMES: readonly Case[] = [
  ...refused,
  { what: 'creating under a name with a slash', ask: create('alice/kept'), code: 'BAD_USER_INPUT' },
  ...looked,
  {
    what: 'writing to a name that is longer than any path',
    ask: push('n'.repeat(10_000)),
    code: 'BAD_USER_INPUT',
    REST: 414,
  },
  ...allowed,
  ...missing,
  { what: 'creating under the name that stands there', ask: create('kept'), code: 'CONFLICT' },
  { what: 'creating under the name that stands there, amid spaces', ask: create('  kept\t'), code: 'CONFLICT' },
  { what: 'creating under the decomposed form of a composed name', ask: create('Ame\u0301lie'), code: 'CONFLICT' },
  { what: 'creating under the composed form itself', ask: create('Am\u00e9lie'), code: 'CONFLICT' },
];
