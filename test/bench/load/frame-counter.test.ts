import { expect, test } from 'vitest';
import { numbers } from '../../harness/seeded-numbers.ts';
import { createFrameCounter } from './frame-counter.ts';
import { padFor, svgOf } from './picture.ts';

const BYTES = 1024;
const FRAMES = 400;
/** Its length is written as 0x7e and two bytes more, of which 0x7e is the mark's own byte. */
const WEBSOCKET_HEAD = Buffer.from([0x81, 0x7e, BYTES >> 8, BYTES & 0xff]);

const picture = (sent: number, bytes = BYTES) => Buffer.from(svgOf(padFor(bytes), sent));
const frameOf = (sent: number) => Buffer.concat([WEBSOCKET_HEAD, picture(sent)]);

function reading(viewers: number) {
  const buffer = Buffer.alloc(64 * 1024);
  const counter = createFrameCounter(buffer, viewers);
  const read = (viewer: number, piece: Buffer) => counter.read(viewer, piece.copy(buffer));
  return { counter, read };
}

test.each([1, 7, 13, 400, BYTES, BYTES + 3, 5000])(
  'every frame is counted once in pieces of up to %i bytes',
  (most) => {
    const { counter, read } = reading(2);
    const random = numbers(most);
    const stream = Buffer.concat(Array.from({ length: FRAMES }, (_, at) => frameOf(at + 1)));
    const at = [0, 0];
    while (at.some((each) => each < stream.length)) {
      for (const viewer of [0, 1]) {
        const from = at[viewer] ?? 0;
        const to = Math.min(stream.length, from + 1 + random(most));
        if (to > from) read(viewer, stream.subarray(from, to));
        at[viewer] = to;
      }
    }
    expect(counter.frames).toBe(2 * FRAMES);
    expect(counter.shown).toBe(2);
    expect(counter.behind).toBe(0);
  },
);

test('frames that come whole are counted, two in one piece as two, and those of another size after it began anew', () => {
  const { counter, read } = reading(1);
  for (let sent = 1; sent <= 10; sent += 1) read(0, picture(sent, 2 * BYTES));
  counter.begin();
  for (let sent = 11; sent <= 20; sent += 1) read(0, Buffer.concat([picture(sent), picture(sent)]));
  for (let sent = 21; sent <= 30; sent += 1) read(0, picture(sent));
  expect(counter.frames).toBe(40);
  expect(counter.delays()).toHaveLength(30);
});

test('delays are told from the digits before the mark, also where those came in two pieces', () => {
  const { counter, read } = reading(1);
  const sent = 1234;
  const frame = picture(sent);
  const split = frame.indexOf('~') - 5;
  const before = performance.now() * 1000;
  read(0, frame);
  read(0, frame.subarray(0, split));
  read(0, frame.subarray(split));
  const after = performance.now() * 1000;
  const delays = counter.delays();
  expect(delays).toHaveLength(2);
  for (const delay of delays) {
    expect(delay).toBeGreaterThanOrEqual(before - sent);
    expect(delay).toBeLessThanOrEqual(after - sent);
  }
});

test('a viewer whose last frame is older than that of others is behind', () => {
  const { counter, read } = reading(3);
  for (const viewer of [0, 1, 2]) read(viewer, picture(1));
  read(0, picture(2));
  read(2, picture(2));
  expect(counter.behind).toBe(1);
});

test('whoever waits for so many frames goes on with the last of them, or when the time is over', async () => {
  const { counter, read } = reading(1);
  const minute = 60_000;
  const waiting = counter.until(2, minute).then(() => counter.frames);
  for (const sent of [1, 2]) read(0, picture(sent));
  expect(await waiting).toBe(2);
  await counter.until(2, minute);
  await counter.until(3, 1);
  expect(counter.frames).toBe(2);
});
