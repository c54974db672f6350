import { expect, test } from 'vitest';
import { createFairQueue } from '../../../src/rendering/workers/fair-queue.ts';

function drain(queue: { shift(): string | null }): string[] {
  const order: string[] = [];
  for (let item = queue.shift(); item !== null; item = queue.shift()) order.push(item);
  return order;
}

test('parties take turns, however many items one of them has', () => {
  const queue = createFairQueue<string>({ maxItems: 10, maxSize: 100 });
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) expect(queue.push(item.charAt(0), item, 1)).toEqual([]);
  expect(queue.length()).toBe(6);
  expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  expect(queue.length()).toBe(0);
});

test('when it is full the newest item of the party with most goes', () => {
  const queue = createFairQueue<string>({ maxItems: 3, maxSize: 100 });
  for (const item of ['a1', 'a2', 'a3']) queue.push('a', item, 1);
  expect(queue.push('a', 'a4', 1)).toEqual(['a4']);
  expect(queue.push('b', 'b1', 1)).toEqual(['a3']);
  expect(queue.push('c', 'c1', 1)).toEqual(['a2']);
  expect(queue.push('d', 'd1', 1)).toEqual(['d1']);
  expect(drain(queue)).toEqual(['a1', 'b1', 'c1']);
});

test('when sizes are too much, the newest items of the party with the largest go', () => {
  const queue = createFairQueue<string>({ maxItems: 10, maxSize: 10 });
  for (const item of ['a1', 'a2', 'a3']) queue.push('a', item, 3);
  expect(queue.push('b', 'b1', 4)).toEqual(['a3']);
  expect(queue.push('b', 'b2', 20)).toEqual(['b2']);
  expect(drain(queue)).toEqual(['a1', 'b1', 'a2']);
});
