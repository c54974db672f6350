import { beforeEach, expect, test } from 'vitest';
import { frameEtag } from '../../src/frames/frame.ts';
import { iterateFrames } from '../../src/frames/iterate-frames.ts';
import { ANONYMOUS } from '../harness/callers.ts';
import { TEMPLATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();
const id = { owner: null, name: 'x' };
let count = 0;

beforeEach(async () => {
  id.name = `x${count++}`;
  await setup.server.sessions.create(ANONYMOUS, { name: id.name, public: true, template: TEMPLATE, args: {} });
});

const push = (price: number) => setup.server.sessions.update(ANONYMOUS, id, { args: { price } });

async function iterate(after: string | null = null) {
  const iterator = await iterateFrames(setup.server.frames, id, after);
  if (iterator === null) throw new Error('no session');
  return iterator;
}

test('holds only the newest of the frames that come while nobody asks', async () => {
  const frames = await iterate();
  for (const price of [1, 2, 3]) await push(price);
  expect((await frames.next()).value?.version).toBe(4);
  const next = frames.next();
  await push(4);
  expect((await next).value?.version).toBe(5);
  await frames.return?.();
});

test('return wakes a waiting next and stops watching', async () => {
  const frames = await iterate();
  await frames.next();
  const waiting = [frames.next(), frames.next()];
  await frames.return?.();
  expect(await Promise.all(waiting)).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ]);
  expect(await frames.next()).toEqual({ done: true, value: undefined });
  expect(setup.server.watches()).toBe(0);
});

test('the last frame is still given after the end', async () => {
  const frames = await iterate();
  await frames.next();
  await push(1);
  await setup.server.storage.sessions.delete(id);
  const rest = [];
  for await (const { version } of frames) rest.push(version);
  expect(rest).toEqual([2]);
});

test('the frame that the reader has is left out', async () => {
  const current = await setup.server.frames.current(id);
  const frames = await iterate(current && frameEtag(current));
  const next = frames.next();
  await push(1);
  expect((await next).value?.version).toBe(2);
  await frames.return?.();
});

test('is null without a session', async () => {
  expect(await iterateFrames(setup.server.frames, { owner: null, name: 'nothing' }, null)).toBeNull();
});
