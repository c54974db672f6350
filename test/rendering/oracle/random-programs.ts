import type { JsonObject } from '../../../src/json.ts';
import type { Case } from './case.ts';

/** Mulberry32: the same seed gives the same numbers everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = ['a', 'b', 'x', 'y', 'v'];
const ATOMS = [
  ...['1', '2', '"s"', '"<"', 'none', 'missing', 'true', '[1, 2]', '["p", "q"]', '{a: 1, b: "z"}', 'o.k', 'list', 'o'],
  ...['loop.index', 'loop.last', 'loop.length', ...NAMES, ...NAMES],
];
const FILTERS = ['upper', 'length', 'default("d")', 'e', 'join("-")', 'title', 'string', 'replace("s", "t")'];
const BLOCK_FILTERS = ['upper', 'title', 'replace("s", "t")', 'trim', 'length', 'default("w")'];
export const PROGRAM_MACROS =
  '{% macro m(x, y=3) %}<{{ x }}{{ y }}{{ a }}>{% endmacro %}{% macro n(x) %}{{ caller(x) if caller else x }}{% endmacro %}';

/** Programs of all the tags inside one another, with few names, so that scopes meet. */
export function* randomPrograms(seed: number, count: number): Generator<Case> {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const maybe = (chance: number, part: () => string): string => (random() < chance ? part() : '');
  const name = () => pick(NAMES);

  const expression = (depth: number): string => {
    if (depth === 0) return pick(ATOMS);
    const part = () => expression(depth - 1);
    return pick([
      () => pick(ATOMS),
      () => `${part()} ${pick(['+', '~', '==', 'or', 'and', '*'])} ${part()}`,
      () => `(${part()} if ${part()} else ${part()})`,
      () => `not ${part()}`,
      () => `(${part()}) | ${pick(FILTERS)}`,
      () => `m(${part()}${maybe(0.5, () => `, y=${part()}`)})`,
      () => `n(x=${part()})`,
      () => `(${pick(ATOMS)} is ${pick(['defined', 'string', 'none', 'odd', 'mapping'])})`,
      () => '(caller() if caller else "nc")',
    ])();
  };
  const tag = (content: string): string => {
    const [open, close] = pick(['% %', '% %', '%- %', '% -%', '%- -%'].map((dashes) => dashes.split(' ')));
    return `{${open} ${content} ${close}}`;
  };
  const body = (depth: number): string => {
    const space = () => pick(['', ' ', '\n', '.', ' t ']);
    const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => statement(depth) + space());
    return space() + parts.join('');
  };
  const statement = (depth: number): string => {
    const output = () => `{{ ${expression(Math.min(2, depth + 1))} }}`;
    if (depth === 0) return output();
    const inner = () => body(depth - 1);
    return pick([
      output,
      output,
      () => tag(`set ${name()}${maybe(0.3, () => `, ${name()}`)} = ${expression(1)}`),
      () => tag(`set ${name()}`) + inner() + tag('endset'),
      () =>
        tag(`if ${expression(1)}`) +
        inner() +
        maybe(0.5, () => tag(`elif ${expression(1)}`) + inner()) +
        maybe(0.5, () => tag('else') + inner()) +
        tag('endif'),
      () =>
        tag(`for ${name()} in ${expression(1)}`) + inner() + maybe(0.4, () => tag('else') + inner()) + tag('endfor'),
      () =>
        tag(`for ${name()}, ${name()} in ${pick(['o', '[[1, 2], ["c", "d"]]', '{q: 1}'])}`) + inner() + tag('endfor'),
      () =>
        tag(`macro ${pick(['m', 'n'])}(${pick(['', 'x', 'x, y', 'x, y=2', 'x=1', 'y=x', 'a, b=v'])})`) +
        inner() +
        tag('endmacro'),
      () =>
        tag(
          `call${pick(['', '(x)', '(x, y)', '()', '(a, b=1)'])} ${pick(['m', 'n'])}(${maybe(0.5, () => expression(1))})`,
        ) +
        inner() +
        tag('endcall'),
      () => tag(`filter ${pick(BLOCK_FILTERS)}`) + inner() + tag('endfilter'),
      () =>
        tag(`switch ${expression(1)}`) +
        tag(`case ${pick(ATOMS)}`) +
        inner() +
        tag(`case ${pick(ATOMS)}`) +
        maybe(0.5, inner) +
        maybe(0.5, () => tag('default') + inner()) +
        tag('endswitch'),
      () => `${tag('raw')} {{ x }} {% if %} {% endraw %}`,
      () => pick(['{# c #}', '{#- c -#}', '{# c -#}']),
    ])();
  };

  for (let i = 0; i < count; i += 1) {
    const args: JsonObject = {
      ...{ a: pick([1, 'A', null, [1, '<']]), x: pick([5, 'X', false]) },
      ...{ o: { k: 'kk', q: [1, 2] }, list: [3, 'l', null] },
    };
    yield [maybe(0.7, () => PROGRAM_MACROS) + body(3), args];
  }
}
