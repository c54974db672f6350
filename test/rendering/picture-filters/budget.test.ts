import { describe, expect, test } from 'vitest';
import { engine, refusalOf, renderPiece } from '../rendering.ts';

const data = Array.from({ length: 2000 }, (_, i) => Math.sin(i) * 50);
const digits = '1'.repeat(200_000);
const steps = (expression: string, args = {}) => renderPiece(`{% set r = ${expression} %}`, { data, ...args }).steps;

describe('the work of the filters is charged', () => {
  test.each([
    'data | sparkline',
    'data | area(curve="smooth")',
    'data | points',
    'data | bars',
    'data | slices',
    'data | scale([0, 1], [0, 1])',
    'data | clamp(0, 1)',
    'data | avg',
    'data | extent',
    'data | ticks',
    'digits | number',
    'digits | format',
    'digits | polar',
    '[digits] | max',
  ])('%s', (expression) => {
    const template = `<svg>{% for i in range(10000) %}{% set r = ${expression} %}{% endfor %}</svg>`;
    expect(refusalOf(template, { data, digits }).details).toMatchObject({ limit: 'steps', allowed: 100_000 });
  });

  test('in proportion to the data', () => {
    const short = steps('data | sparkline', { data: data.slice(0, 100) });
    const long = steps('data | sparkline', { data: data.slice(0, 1000) });
    expect(long).toBeGreaterThan(short * 8);
    expect(long).toBeLessThan(short * 12);
  });

  test('formatters cost as much again in every render, though they are kept', () => {
    const template =
      '<svg xmlns="http://www.w3.org/2000/svg">{{ 1.5 | number(7, locale="fr") }}{{ 1 | format(".7f") }}</svg>';
    const costs = [1, 2, 3].map(() => engine.render(template, {}).steps);
    expect(new Set(costs).size).toBe(1);
    expect(costs[0]).toBeGreaterThan(200);
  });

  test('a render pays for a formatter once', () => {
    const cost = (n: number) =>
      steps(`range(${n})`) && renderPiece(`{% for i in range(${n}) %}{{ i | format(".3f") }}{% endfor %}`).steps;
    expect(cost(101) - cost(100)).toBeLessThan(50);
  });

  test('more formatters than a budget holds are refused', () => {
    const template = `<svg>{% for a in range(100) %}{% for b in range(100) %}{% set s = "0" ~ (a + 10) ~ "." ~ b ~ "f" %}{{ 1 | format(s) }}{% endfor %}{% endfor %}</svg>`;
    expect(refusalOf(template).details).toMatchObject({ limit: 'steps' });
  });
});

test.each(['é', 'e', '가', '👩‍👩‍👧‍👦'])('a long text of %s costs "fit" no more than what fits of it', (letter) => {
  const costs = [1000, 5000].map((length) => steps('text | fit(200)', { text: letter.repeat(length) }));
  expect(costs[0]).toBe(costs[1]);
  expect(costs[0]).toBeLessThan(2500);
});
