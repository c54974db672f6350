import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { combineCrc32, crcOperator } from '../../src/streams/crc32-combine.ts';

test.each([
  [0, 0],
  [0, 5],
  [5, 0],
  [1, 1],
  [3, 70_000],
  [70_000, 1],
  [1_000_003, 2_097_151],
])('the checksum of %i bytes and of %i behind them is put together from both', (first, second) => {
  const [a, b] = [randomBytes(first), randomBytes(second)];
  expect(combineCrc32(crc32(a), crc32(b), crcOperator(second))).toBe(crc32(Buffer.concat([a, b])));
});

test('lengths beyond 4 GB count too', () => {
  const zeros = (bytes: number) => combineCrc32(crc32(Buffer.from('x')), 0, crcOperator(bytes));
  let step = crc32(Buffer.from('x'));
  for (let times = 0; times < 5; times += 1) step = combineCrc32(step, 0, crcOperator(2 ** 30));
  expect(zeros(5 * 2 ** 30)).toBe(step);
});
