import { FILTERS } from '../../src/rendering/filters/filters.ts';
import { FUNCTIONS } from '../../src/rendering/functions.ts';
import { TESTS } from '../../src/rendering/tests.ts';
import { attack } from './attacks.ts';
import { type FilterUses, type Kind, written } from './learn-filters.ts';
import type { Random } from './random.ts';

/** The names that hold a value of each kind. */
export type Names = Readonly<Record<Kind, readonly string[]>>;

export interface Expressions {
  /** Mostly of the kind that is wanted: any value may stand anywhere. */
  expression(kind: Kind, names: Names, depth?: number): string;
  condition(names: Names, depth?: number): string;
}

const ODD = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'globalThis', 'process', 'arguments', 'self', 'loop'],
  ...['caller', 'caller()', 'range', 'cycler(1, 2).next()', 'joiner("-")()', 'loop.length', 'loop.constructor'],
  ...['name.constructor', 'rows.__proto__', 'box["__proto__"]', 'box[name]', 'rows[name][label]', 'fake.length'],
  ...['name.constructor.constructor("return process")()', 'range.constructor', '{}.toString', '"".at', 'names.map'],
  ...['{"__proto__": {polluted: 1}}.polluted', '{__proto__: 1}', '{constructor: rows}', '{toJSON: 1, then: 2}'],
  ...[
    'none',
    'true',
    'undefined',
    'missing.deeper[0]',
    'names.0',
    'rows.0.name',
    'self::m1(1)',
    'r/a+/g',
    '`back"tick`',
  ],
  ...['0/0', '-1/0', '1e999', '2**1024', '-0', '0.1+0.2', '1//0', '5 % 0', '"5" * "2"', '[] + {}', 'not names'],
  ...['names[-1]', 'names[0.5]', 'names["length"]', 'name[0]', 'name["0"]', '(1, 2)', '[[[]]]', '{a: [{b: {}}]}'],
  ...['range(0, 10, 0.001)', 'range(5, 0, -1)', 'range(9007199254740992, 9007199254740996)', 'range(1e21, 1e21 + 9)'],
  ...['range(1e9)', 'range(n)', 'range(end=3)', 'range(name)', 'range(0, 1, 1e-320)', 'range(width, x, n)'],
  ...['name|replace("", name)', 'names|join(names)', 'fake|list', 'fake|reverse', 'rows|dictsort', 'box|dictsort'],
  ...['name|truncate(-1)', 'name|center(n)', 'name|indent(width)', 'names|batch(n)', 'names|slice(x)', 'n|round(x)'],
  ...['[names, names]|dump', 'rows|groupby("__proto__")|dump', 'rows|sum("value")', 'names|sort(true, true, "length")'],
];

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

export function createExpressions(random: Random, uses: FilterUses): Expressions {
  const filters = [...FILTERS.keys()];
  const functions = [...FUNCTIONS.keys()];
  const tests = [...TESTS.keys()];

  const variable = (kind: Kind, names: Names) => random.pick(names[kind].length === 0 ? ['name'] : names[kind]);

  function filtered(kind: Kind, names: Names, depth: number): string {
    const use = random.pick(uses[kind]);
    const args = use.args.map((arg) => (random.chance(5) && !arg.includes('=') ? anything(names, depth - 1) : arg));
    return `${expression(use.input, names, depth - 1)}|${use.name}${written(args)}`;
  }

  /** Whatever parses. */
  function anything(names: Names, depth: number): string {
    switch (random.below(depth > 0 ? 6 : 3)) {
      case 0:
        return random.pick(ODD);
      case 1:
        return quoted(attack(random));
      case 2:
        return variable(random.pick(['text', 'number', 'list', 'rows', 'object']), names);
      case 3: {
        const args = random.several(0, 3, () => anything(names, depth - 1));
        return `${variable(random.pick(['text', 'list', 'rows', 'object']), names)}|${random.pick(filters)}${written(args)}`;
      }
      case 4:
        return `${random.pick(functions)}(${random.several(0, 3, () => anything(names, depth - 1)).join(', ')})`;
      default: {
        const operator = random.pick([
          '+',
          '-',
          '*',
          '/',
          '//',
          '%',
          '**',
          '~',
          '==',
          '!=',
          '<',
          '>=',
          'and',
          'or',
          'in',
        ]);
        return `(${anything(names, depth - 1)} ${operator} ${anything(names, depth - 1)})`;
      }
    }
  }

  function text(names: Names, depth: number): string {
    switch (random.below(depth > 0 ? 10 : 3)) {
      case 0:
        return quoted(random.chance(60) ? random.pick(['a', 'red', 'x y', '#0f0', '']) : attack(random));
      case 1:
      case 2:
        return variable('text', names);
      case 3:
        return `${text(names, depth - 1)} ~ ${expression(random.pick(['text', 'number']), names, depth - 1)}`;
      case 4:
        return `(${text(names, depth - 1)} if ${condition(names, depth - 1)} else ${text(names, depth - 1)})`;
      case 5:
        return `[${text(names, depth - 1)}, ${expression('number', names, depth - 1)}]|join(${quoted(random.pick([', ', '', '--']))})`;
      case 6:
        return `${variable('rows', names)}[${number(names, 0)}].name`;
      case 7:
        return `${variable('text', names)} or ${text(names, depth - 1)}`;
      default:
        return filtered('text', names, depth);
    }
  }

  function number(names: Names, depth: number): string {
    switch (random.below(depth > 0 ? 7 : 3)) {
      case 0:
        return String(random.pick([0, 1, 2, 7, 10, 100, 0.5, 1e3]));
      case 1:
      case 2:
        return variable('number', names);
      case 3:
        return `${variable('list', names)}|length`;
      case 4:
        return filtered('number', names, depth);
      case 5:
        return `(${number(names, depth - 1)} ${random.pick(['+', '-', '*', '/', '%', '//', '**'])} ${number(names, depth - 1)})`;
      default:
        return `-${number(names, depth - 1)}`;
    }
  }

  function list(names: Names, depth: number): string {
    switch (random.below(depth > 0 ? 5 : 2)) {
      case 0:
        return variable('list', names);
      case 1:
        return `range(${random.pick(['3', '1, 9, 2', '5, 0, -1', 'n', '2, n'])})`;
      case 2:
        return `[${random.several(0, 4, () => expression(random.pick(['text', 'number']), names, depth - 1)).join(', ')}]`;
      default:
        return filtered('list', names, depth);
    }
  }

  function expression(kind: Kind, names: Names, depth = 3): string {
    if (random.chance(2)) return anything(names, depth);
    if (kind === 'text') return text(names, depth);
    if (kind === 'number') return number(names, depth);
    if (kind === 'list') return list(names, depth);
    return depth > 0 && random.chance(40) ? filtered(kind, names, depth) : variable(kind, names);
  }

  function condition(names: Names, depth = 2): string {
    switch (random.below(depth > 0 ? 7 : 3)) {
      case 0:
        return variable(random.pick(['text', 'number', 'list']), names);
      case 1:
        return `${number(names, 0)} ${random.pick(['<', '>', '<=', '>=', '==', '===', '!=', '!=='])} ${number(names, 0)}`;
      case 2:
        return random.pick(['loop.first', 'loop.index % 2', 'true', 'missing', 'not name', '0']);
      case 3:
        return `${text(names, depth - 1)} is ${random.chance(50) ? 'not ' : ''}${random.pick(tests)}`;
      case 4:
        return `${anything(names, 0)} is ${random.pick(tests)}(${anything(names, 0)})`;
      case 5:
        return `${text(names, depth - 1)} in ${expression(random.pick(['list', 'text', 'object']), names, depth - 1)}`;
      default:
        return `${condition(names, depth - 1)} ${random.pick(['and', 'or'])} not ${condition(names, depth - 1)}`;
    }
  }

  return { expression, condition };
}
