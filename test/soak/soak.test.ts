import { describe, expect, onTestFinished, test } from 'vitest';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { type Soak, soak } from './soak.ts';

/**
 * Of the thirty that both stores take together. In so short a time the slope is noise, and a heap that still fills its
 * caches may grow by as much.
 */
const SECONDS = 15;
const MAX_HEAP_RATIO = 1.3;

function expectFlat({ tally, delivered, heapRatio, leaks }: Soak) {
  expect(Object.fromEntries(tally.unexpected)).toEqual({});
  expect(leaks).toEqual([]);
  expect(Math.min(tally.updates, tally.viewers, tally.refused, tally.tokens, delivered)).toBeGreaterThan(0);
  expect(heapRatio).toBeLessThan(MAX_HEAP_RATIO);
}

describe('everything at once leaves memory flat and nothing behind', () => {
  test('on the embedded store', async () => expectFlat(await soak(SECONDS, ['--data-dir', ':memory:'])));

  test.skipIf(!redisAvailable)('on Redis', async () => {
    const redis = await startRedisServer();
    onTestFinished(redis.dispose);
    expectFlat(await soak(SECONDS, ['--redis-url', redis.url]));
  });
});
