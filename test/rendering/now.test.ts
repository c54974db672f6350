import { expect, test } from 'vitest';
import { createEngine } from '../../src/rendering/engine.ts';
import { refusalOf } from './rendering.ts';

const limits = { maxFrameBytes: 10_000, maxSteps: 10_000 };
const at = (time: number) => createEngine(limits, () => time);
const picture = (piece: string) => `<svg xmlns="http://www.w3.org/2000/svg"><text>${piece}</text></svg>`;
const written = (piece: string, time: number) =>
  at(time).render(picture(piece), {}).svg.slice(picture('').indexOf('</text>'), -'</text></svg>'.length);

test('now() is the time of the render in milliseconds, the same wherever it stands', () => {
  expect(written('{{ now() }} {% for i in [1, 2] %}{{ now() - now() }}{% endfor %}', 1_790_000_000_123)).toBe(
    '1790000000123 00',
  );
});

test("now(timestamp=true) is in whole seconds, as Tera's", () => {
  expect(written('{{ now(timestamp=true) }} {{ now(utc=true, timestamp=false) }}', 1_790_000_000_999)).toBe(
    '1790000000 1790000000999',
  );
});

test('each render asks the clock again, of a compiled template too', () => {
  let time = 1000;
  const engine = createEngine(limits, () => time);
  const first = engine.render(picture('{{ now() }}'), {}).svg;
  time = 2000;
  expect([first, engine.render(picture('{{ now() }}'), {}).svg]).toEqual([picture('1000'), picture('2000')]);
});

test('an engine without a clock of its own tells the time of the system', () => {
  const before = Date.now();
  const { svg } = createEngine(limits).render(picture('{{ now() }}'), {});
  const told = Number(/\d{13}/.exec(svg)?.[0]);
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
});

test.each(['now(1)', 'now(zone="UTC")'])('%s is refused with what there is', (call) => {
  expect(refusalOf(picture(`{{ ${call} }}`)).message).toContain('"now" takes nothing, or timestamp=true');
});
