import { expect, test } from 'vitest';
import type { Rendering } from '../../../src/rendering/engine.ts';
import { createPlacement, IN_PLACE } from '../../../src/rendering/workers/placement.ts';

const small: Rendering = { svg: '<svg/>', warnings: [], steps: 10, microseconds: 10 };

function placementForTest() {
  let now = 0;
  const placement = createPlacement(() => now);
  /** Renders that took so long that nothing is left. */
  const spendAll = () => placement.tookInPlace('somebody else', 501);
  const pass = (ms: number): void => {
    now += ms;
  };
  return { ...placement, spendAll, pass };
}

test('small templates that nobody knows are rendered in place while there is time left, and others never', () => {
  const { inPlace, spendAll, pass } = placementForTest();
  expect([inPlace('a'.repeat(1024)), inPlace('a'.repeat(1025))]).toEqual([true, false]);
  spendAll();
  expect(inPlace('a')).toBe(false);
  pass(200);
  expect(inPlace('a')).toBe(false);
  pass(1);
  expect(inPlace('a')).toBe(true);
});

test('a template that took no time goes on in place, whatever others take', () => {
  const { inPlace, tookInPlace, spendAll } = placementForTest();
  tookInPlace('light', 0.5);
  tookInPlace('dear', 0.6);
  spendAll();
  expect([inPlace('light'), inPlace('dear')]).toEqual([true, false]);
  tookInPlace('light', 3);
  expect(inPlace('light')).toBe(false);
});

test('a template that a thread compiled quickly comes in place when there is time for compiling it again', () => {
  const { inPlace, rendered, spendAll, pass } = placementForTest();
  const long = 'x'.repeat(32 * 1024);
  expect(inPlace(long)).toBe(false);
  rendered(long, small, 12);
  expect(inPlace(long)).toBe(true);
  spendAll();
  expect(inPlace(long)).toBe(false);
  pass(201);
  expect(inPlace(long)).toBe(true);
});

test('a template goes to a thread when it goes past what it may take, took long to compile, or makes much', () => {
  const { inPlace, overran, rendered } = placementForTest();
  overran('past');
  rendered('slow', small, 13);
  rendered('slow', small, 0.1);
  rendered('steps', { ...small, steps: IN_PLACE.maxSteps }, 0.1);
  rendered('frame', { ...small, svg: 'x'.repeat(IN_PLACE.maxFrameBytes) }, 0.1);
  rendered('x'.repeat(32 * 1024 + 1), small, 0.1);
  expect(['past', 'slow', 'steps', 'frame', 'x'.repeat(32 * 1024 + 1)].filter(inPlace)).toEqual([]);
});

test('what was spent beyond the credit is waited for, and no more than the credit is saved up', () => {
  const { inPlace, tookInPlace, pass } = placementForTest();
  tookInPlace('dear', 600);
  pass(20_000);
  expect(inPlace('new')).toBe(false);
  pass(1);
  expect(inPlace('new')).toBe(true);
  pass(1_000_000);
  tookInPlace('dear', 20.1);
  expect(inPlace('new')).toBe(false);
});
