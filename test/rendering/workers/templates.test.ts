import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Refusal } from '../../../src/errors.ts';
import type { JsonObject } from '../../../src/json.ts';
import { engine } from '../rendering.ts';
import { ENDLESS, ENDLESS_STEPS, LOOP, templatesForTest } from './templates.ts';

const unavailable = expect.objectContaining({
  code: 'UNAVAILABLE',
  details: { reason: 'rendering', retryAfterSeconds: 1 },
});
const long = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>${'x'.repeat(5000)}</desc>${inner}</svg>`;

function engineAnswer(source: string, args: JsonObject): unknown {
  try {
    return { ...engine.render(source, args), microseconds: expect.any(Number) };
  } catch (error) {
    return error;
  }
}

test('a thread gives what the engine gives: pictures, warnings, steps and refusals', async () => {
  const templates = templatesForTest();
  const cases: readonly (readonly [string, JsonObject])[] = [
    [LOOP, { n: 5000 }],
    [long('<text>{{ a }}{{ b }}é😀</text>'), { a: '<&"\u0001', c: [[[{}]]] }],
    [long('<text>{{ x.y | upper }}</text>'), JSON.parse('{"x":{"__proto__":1,"y":"ß"}}')],
    [long('{% if %}'), {}],
    [long('<g>'), {}],
    [ENDLESS, {}],
    [long('{{ range(10001) }}'), {}],
  ];
  for (const [source, args] of cases) {
    const answer = await templates.render(source, args).catch((error) => error);
    const expected = engineAnswer(source, args);
    expect(answer).toEqual(expected);
    if (expected instanceof Refusal) expect(answer).toMatchObject({ code: expected.code, details: expected.details });
  }
  expect(templates.counts()).toMatchObject({ inPlace: 0, inThread: 3 });
});

test('a small template renders in place, and one that takes more is rendered in a thread from then on', async () => {
  const templates = templatesForTest();
  await templates.render(LOOP, { n: 10 });
  expect(templates.counts()).toMatchObject({ inPlace: 1, inThread: 0 });
  await templates.render(LOOP, { n: 5000 });
  expect(templates.counts()).toMatchObject({ inPlace: 1, inThread: 1 });
  await templates.render(LOOP, { n: 10 });
  expect(templates.counts()).toMatchObject({ inPlace: 1, inThread: 2 });
  // With args that ask for little it has come back.
  await templates.render(LOOP, { n: 10 });
  expect(templates.counts()).toMatchObject({ inPlace: 2, inThread: 2 });
});

test('other work goes on while a thread renders', async () => {
  const templates = templatesForTest({ maxSteps: ENDLESS_STEPS });
  // So that there is a thread that begins at once.
  await templates.render(LOOP, { n: 5000 });
  let rendering = true;
  const render = templates.render(ENDLESS, {}).catch((error) => {
    rendering = false;
    return error;
  });
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
  expect(rendering).toBe(true);
  await templates.close();
  expect(await render).toMatchObject({ code: 'UNAVAILABLE', details: { reason: 'shutdown' } });
});

test('a thread rests after a large picture, and whoever comes next waits', async () => {
  const templates = templatesForTest();
  await templates.render(LOOP, { n: 5000 });
  const next = async (source: string) => {
    const render = templates.render(source, {});
    const { waiting } = templates.counts();
    await render;
    return waiting;
  };
  expect(await next(long('<g/>'))).toBe(0);
  expect(await next(long(`{% for i in range(5000) %}${'<a/>'.repeat(50)}{% endfor %}`))).toBe(0);
  expect(await next(long('<g id="next"/>'))).toBe(1);
});

test('the watchdog stops a render with its thread, says nothing about the template, and the next render goes on', async () => {
  const templates = templatesForTest({ maxSteps: ENDLESS_STEPS, watchdogMs: 2000 });
  await expect(templates.render(ENDLESS, {})).rejects.toEqual(unavailable);
  expect(templates.counts().stopped).toBe(1);
  await expect(templates.render(long('<g/>'), {})).resolves.toMatchObject({ warnings: [] });
});

test('a render that takes too much memory is stopped with its thread, and the next one goes on', async () => {
  const templates = templatesForTest({ heapMb: 16, watchdogMs: 60_000 });
  const row = JSON.stringify({ a: 1, b: [2, 3, {}] });
  const argsJson = `{"rows":[${`${row},`.repeat(400_000)}0]}`;
  await expect(templates.render(long('{{ rows | length }}'), {}, { argsJson })).rejects.toEqual(unavailable);
  expect(templates.counts().stopped).toBe(1);
  await expect(templates.render(long('<g/>'), {})).resolves.toMatchObject({ warnings: [] });
});

test('a bug in a thread is no refusal, and the thread goes on', async () => {
  const templates = templatesForTest();
  const bug = await templates.render(long('<g/>'), {}, { argsJson: '{' }).catch((error) => error);
  expect(bug).not.toBeInstanceOf(Refusal);
  expect(String(bug)).toMatch(/JSON/);
  await templates.render(long('<g/>'), {});
  expect(templates.counts().stopped).toBe(0);
});

test('when too many wait, the newest of who has most waiting is refused', async () => {
  const templates = templatesForTest({ maxSteps: ENDLESS_STEPS, threads: 1, maxWaiting: 2, watchdogMs: 60_000 });
  const settled: string[] = [];
  const render = (name: string, party: string, source: string) =>
    templates.render(source, {}, { party }).then(
      () => settled.push(`${name} rendered`),
      (error) => settled.push(`${name} ${error.code} ${error.details.reason}`),
    );
  const all = [render('a1', 'a', long('1')), render('a2', 'a', long('2')), render('a3', 'a', long('3'))];
  await all[2];
  expect(settled).toEqual(['a3 UNAVAILABLE rendering']);
  all.push(render('b1', 'b', long('4')));
  await all[1];
  expect(settled).toEqual(['a3 UNAVAILABLE rendering', 'a2 UNAVAILABLE rendering']);
  await Promise.all(all);
  expect(settled.slice(2)).toEqual(['a1 rendered', 'b1 rendered']);
});

test('closing settles what waits and what renders, and refuses what comes later', async () => {
  const templates = templatesForTest({ maxSteps: ENDLESS_STEPS, threads: 1 });
  const open = [ENDLESS, long('1'), long('2')].map((source) => templates.render(source, {}));
  const settled = Promise.allSettled(open);
  await templates.close();
  const shutdown = { status: 'rejected', reason: expect.objectContaining({ code: 'UNAVAILABLE' }) };
  expect(await settled).toEqual([shutdown, shutdown, shutdown]);
  await expect(templates.render(long('1'), {})).rejects.toMatchObject({ details: { reason: 'shutdown' } });
  expect(templates.counts().waiting).toBe(0);
});
