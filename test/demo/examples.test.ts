import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/rendering/engine.ts';

const engine = createEngine({ maxFrameBytes: 100_000, maxSteps: 100_000 });

function render(example: string, args: Record<string, string | number>) {
  return engine.render(readFileSync(new URL(`../../examples/${example}`, import.meta.url), 'utf8'), args);
}

test.each([
  [{ place: 'Kitchen', celsius: 21.46 }, '21.5 °C', '#4ade80'],
  [{ place: 'Kitchen', celsius: -30 }, '-30 °C', '#38bdf8'],
  [{ place: 'Kitchen', celsius: 99 }, '99 °C', '#fb923c'],
  [{ place: '<&>', celsius: 'warm' }, '0 °C', '#38bdf8'],
])('the thermometer of %j says %s in its colour', (args, words, colour) => {
  const { svg, warnings } = render('temperature.svg', args);
  expect(svg).toContain(`>${words}</text>`);
  expect(svg).toContain(`fill="${colour}"/>`);
  const [, width] = /width="(\d+)" height="12" rx="6" fill="#(?!1e293b)/.exec(svg) ?? [];
  expect(Number(width)).toBeGreaterThanOrEqual(12);
  expect(Number(width)).toBeLessThanOrEqual(336);
  expect(warnings).toEqual([]);
});

test('the badge grows with its words', () => {
  const widthOf = (value: string) =>
    Number(/width="(\d+)"/.exec(render('badge.svg', { label: 'build', value }).svg)?.[1]);
  expect(widthOf('passing')).toBeGreaterThan(widthOf('ok'));
  expect(render('badge.svg', {}).warnings).toEqual([]);
});
