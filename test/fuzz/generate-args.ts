import type { JsonObject, JsonValue } from '../../src/json.ts';
import { attack } from './attacks.ts';
import type { Random } from './random.ts';

/** The args that templates are generated for, by what each is meant to hold. */
export const ARGS = {
  text: ['name', 'label', 'colour', 'id', 'link', 'image', 'path'],
  number: ['n', 'x', 'width'],
  list: ['values', 'names'],
  rows: ['rows'],
  object: ['box', 'fake'],
} as const;

const FRIENDLY: Readonly<Record<string, readonly JsonValue[]>> = {
  name: ['Ann', 'CPU 3', 'a < b & c', ''],
  label: ['requests/s', 'long words that go on', 'x'],
  colour: ['red', '#22c55e', 'rgb(1, 2, 3)', 'none'],
  id: ['a', 'g1', 'clip-2'],
  link: ['#a', 'https://example.org/', 'https://example.org/?a=1&b=2'],
  image: ['data:image/png;base64,iVBORw0KGgo=', '#a'],
  path: ['M0 0L10 10', '10,20 30,40'],
};
const NUMBERS = [0, 1, 3, 42, -1, 0.1, 1e6, 1e21, 1e308, -1e308, -0, 1e-7, 2 ** 53, 2 ** 31, Infinity, 5e-324];
const KEYS = ['name', 'value', 'length', '__proto__', 'constructor', 'toJSON', 'toString', '0', '', 'a b', '\ud800'];

/** JSON as `JSON.parse` would give it: plain, a tree, `__proto__` among its own keys. */
export function generateArgs(random: Random): JsonObject {
  const args: [string, JsonValue][] = [];
  for (const name of ARGS.text) args.push([name, orOdd(random, () => text(random, name))]);
  for (const name of ARGS.number) args.push([name, orOdd(random, () => number(random))]);
  for (const name of ARGS.list) args.push([name, orOdd(random, () => list(random, name))]);
  for (const name of ARGS.rows) args.push([name, orOdd(random, () => random.several(0, 8, () => row(random)))]);
  args.push(['box', orOdd(random, () => row(random))]);
  args.push(['fake', orOdd(random, () => ({ length: random.pick([3, 1e9, -1, 0.5, '2', 1e308]), 0: 'a' }))]);
  if (random.chance(20))
    args.push([random.pick(['loop', 'caller', 'range', '__proto__', 'self']), anything(random, 2)]);
  return ownEntries(args.filter(() => !random.chance(5)));
}

const orOdd = (random: Random, usual: () => JsonValue): JsonValue =>
  random.chance(85) ? usual() : anything(random, random.below(4));

function text(random: Random, name: string): JsonValue {
  return random.chance(45) ? random.pick(FRIENDLY[name] ?? FRIENDLY.name ?? []) : attack(random);
}

function number(random: Random): number {
  return random.chance(50) ? random.below(1000) / 4 : random.pick(NUMBERS);
}

function list(random: Random, name: string): JsonValue[] {
  const size = random.chance(3) ? 3000 : 8;
  return random.several(0, size, () => (name === 'values' ? number(random) : text(random, 'name')));
}

function row(random: Random): JsonValue {
  const usual: [string, JsonValue][] = [
    ['name', text(random, 'name')],
    ['value', number(random)],
    ['colour', text(random, 'colour')],
  ];
  return ownEntries(random.chance(80) ? usual : [...usual, [random.pick(KEYS), anything(random, 1)]]);
}

function anything(random: Random, depth: number): JsonValue {
  switch (random.below(depth > 0 ? 9 : 7)) {
    case 0:
      return null;
    case 1:
      return random.chance(50);
    case 2:
      return number(random);
    case 3:
      return random.chance(10) ? random.pick(['x', '&', '\ud800', 'ab ']).repeat(50_000) : attack(random);
    case 4:
      return attack(random);
    case 5:
      return random.chance(30) ? nested(random.below(24)) : [];
    case 6:
      return {};
    case 7:
      return random.several(0, 5, () => anything(random, depth - 1));
    default:
      return ownEntries(random.several(0, 4, () => [random.pick(KEYS), anything(random, depth - 1)]));
  }
}

function nested(depth: number): JsonValue {
  let value: JsonValue = ['x'];
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { value };
  return value;
}

/** An assignment would make `__proto__` the prototype, which JSON does not. */
function ownEntries(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return object;
}
