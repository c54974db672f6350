import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { PLAIN_WRITING } from '../../src/rendering/compile/scope.ts';
import { compileTemplate } from '../../src/rendering/compile/template.ts';
import { childrenOf, type RawNode } from '../../src/rendering/syntax/children.ts';
import { parseTemplate } from '../../src/rendering/syntax/parse.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const CONSTRUCTS = [
  'text',
  '{{ a }} text {{ a.b }}{{ a[b] }}{{ loop }}',
  '{{ 1 + 2 * a - 3 }}{{ -a }}{{ not a }}{{ 7 // 2 }}{{ 2 ** 3 }}{{ a and b or c }}{{ a < 3 }}{{ a ~ "b" ~ c }}',
  '{{ [a, 1] | length }}{{ { x: a } | dump }}{{ (a, b) }}{{ a in [1] }}{{ a is defined }}{{ 9 is divisibleby(3) }}',
  '{{ a | upper }}{{ a | replace("x", "y") }}{{ [3] | join(sep=a) }}{{ "x" if a else "y" }}',
  '{% for x in [1, 2] %}{{ loop.index }}{{ x }}{% break %}{% else %}none{% endfor %}',
  '{% for x, y in { k: 1 } %}{{ x }}{{ y }}{% endfor %}{% for x, y in [[1, 2]] %}{{ x }}{% endfor %}',
  '{% if a %}1{% elif b %}2{% else %}3{% endif %}{% switch a %}{% case 1 %}x{% default %}y{% endswitch %}',
  '{% set x = 1 %}{% set_global y = 2 %}{% set z %}block{% endset %}{{ x }}{{ z }}',
  '{% macro m(p, q=1) %}{{ p }}{{ q }}{{ caller() if caller }}{% endmacro %}{{ m(1, q=2) }}',
  '{% macro n() %}{{ caller() }}{% endmacro %}{% call n() %}inside {{ a }}{% endcall %}',
  '{% filter upper %}text{% endfilter %}{{ range(3) | join }}{% set c = cycler("a") %}{{ c.next() }}{% set j = joiner() %}{{ j() }}',
];

function* everyNode(node: object): Generator<WeakRef<object>> {
  yield new WeakRef(node);
  for (const child of childrenOf(node as RawNode)) yield* everyNode(child);
}

test.each(CONSTRUCTS)('what %j compiles to holds nothing of its syntax tree', async (source) => {
  const compile = () => {
    const template = parseTemplate(source);
    return { program: compileTemplate(template, PLAIN_WRITING), nodes: [...everyNode(template.root)] };
  };
  const { program, nodes } = compile();
  const limits = { maxSteps: 1000, maxOut: 1000 };
  const before = program.evaluate({ a: 'x' }, limits);
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  expect(nodes.map((node) => node.deref()).filter((node) => node !== undefined)).toEqual([]);
  expect(program.evaluate({ a: 'x' }, limits)).toEqual(before);
});
