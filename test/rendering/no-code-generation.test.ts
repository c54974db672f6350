import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const engineUrl = new URL('../../src/rendering/engine.ts', import.meta.url).href;

test('rendering works where making code from strings is forbidden, and leaves no global changed', async () => {
  const script = `
    import { createEngine } from ${JSON.stringify(engineUrl)};
    const before = Reflect.ownKeys(globalThis).length;
    let forbidden = false;
    try { new Function('return 1'); } catch { forbidden = true; }
    const engine = createEngine({ maxFrameBytes: 10000, maxSteps: 10000 });
    const template = '<svg>{% macro m(a, b=2) %}{{ a | upper }}{{ b }}{% endmacro %}' +
      '{% for x in range(2) %}{{ m(n, b=x ** 2) }}{% endfor %}{{ [3, 1] | sort | join("-") }}</svg>';
    const { svg } = engine.render(template, { n: 'q' });
    console.log(JSON.stringify({ forbidden, svg, globals: Reflect.ownKeys(globalThis).length - before }));
  `;
  const flags = [
    '--disallow-code-generation-from-strings',
    '--import',
    import.meta.resolve('tsx'),
    '--input-type=module',
  ];
  const child = spawn(process.execPath, [...flags, '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(JSON.parse(output)).toEqual({
    forbidden: true,
    svg: '<svg xmlns="http://www.w3.org/2000/svg">Q0Q11-3</svg>',
    globals: 0,
  });
});
