import { expect, onTestFinished, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { createTemplates } from '../../src/rendering/templates.ts';
import { createSessions } from '../../src/sessions/sessions.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { SessionStore, SessionWrite, WriteOutcome } from '../../src/storage/session-store.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { callerOf } from '../harness/callers.ts';

const ALICE = callerOf('alice');
const OWNED = { owner: 'alice', name: 'own' };
const MOST = 512;

type Writing = SessionStore['write'];

/** A server with one session, whose writes go `through` from then on. */
async function serverWith(through: (write: SessionWrite, next: Writing) => Promise<WriteOutcome>) {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  onTestFinished(() => storage.close());
  const store = storage.sessions;
  let isThere = false;
  const served = {
    ...store,
    write: (write: SessionWrite) => (isThere ? through(write, store.write) : store.write(write)),
  };
  const templates = createTemplates({ maxFrameBytes: 100_000, maxSteps: 100_000 });
  const sessions = createSessions(served, templates, { maxTemplateBytes: 10_000, maxArgsBytes: 10_000 });
  await sessions.create(ALICE, { name: 'own', public: false, template: TEXT_TEMPLATE, args: { n: 1 } });
  isThere = true;
  return { sessions, store };
}

/** Answers are held back until `release`. */
function slowStore() {
  const written: SessionWrite[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const through = async (write: SessionWrite, next: Writing) => {
    written.push(write);
    const outcome = await next(write);
    await released;
    return outcome;
  };
  return { written, release, through };
}

test('args that replace all are stored in order while those before them are still being committed', async () => {
  const { written, release, through } = slowStore();
  const { sessions, store } = await serverWith(through);
  const updates = [2, 3, 4].map((n) => sessions.update(ALICE, OWNED, { args: { n } }));
  await expect.poll(() => written.length).toBe(3);
  release();
  expect((await Promise.all(updates)).map(({ version, args }) => [version, args])).toEqual([
    [2, '{"n":2}'],
    [3, '{"n":3}'],
    [4, '{"n":4}'],
  ]);
  expect(await store.get(OWNED)).toMatchObject({ version: 4, args: '{"n":4}' });
});

test('a patch, a condition and a template wait for what comes before, and everything behind waits for them', async () => {
  const { written, release, through } = slowStore();
  const { sessions, store } = await serverWith(through);
  const template = TEXT_TEMPLATE.replace('{{ n }}', 'now {{ n }}');
  const updates = [
    sessions.update(ALICE, OWNED, { args: { n: 2 } }),
    sessions.update(ALICE, OWNED, { patch: { m: 1 } }),
    sessions.update(ALICE, OWNED, { patch: { k: 1 }, onlyIf: ({ version }) => version === 3 }),
    sessions.update(ALICE, OWNED, { template }),
    sessions.update(ALICE, OWNED, { args: { n: 5 } }),
  ];
  await expect.poll(() => written.length).toBe(1);
  release();
  const last = (await Promise.all(updates)).at(-1);
  expect(written.map(({ args }) => args)).toEqual([
    '{"n":2}',
    '{"n":2,"m":1}',
    '{"n":2,"m":1,"k":1}',
    '{"n":2,"m":1,"k":1}',
    '{"n":5}',
  ]);
  expect(last?.svg).toContain('now 5');
  expect((await store.get(OWNED))?.version).toBe(6);
});

test('a write that fails takes nothing with it that was not built on it', async () => {
  let failures = 1;
  const { sessions, store } = await serverWith(async (write, next) => {
    if (failures > 0) {
      failures -= 1;
      throw new Refusal('UNAVAILABLE', 'The disk is full.');
    }
    return next(write);
  });
  const [first, second, third] = await Promise.allSettled([
    sessions.update(ALICE, OWNED, { args: { n: 2 } }),
    sessions.update(ALICE, OWNED, { args: { n: 3 } }),
    sessions.update(ALICE, OWNED, { patch: { m: 1 } }),
  ]);
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
  expect(second).toMatchObject({ status: 'fulfilled', value: { version: 2, args: '{"n":3}' } });
  expect(third).toMatchObject({ status: 'fulfilled', value: { version: 3, args: '{"n":3,"m":1}' } });
  expect((await store.get(OWNED))?.version).toBe(3);
});

test('one update more than may wait is refused and changes nothing, and there is room again afterwards', async () => {
  const { release, through } = slowStore();
  const { sessions, store } = await serverWith(through);
  const updates = Array.from({ length: MOST }, (_, n) => sessions.update(ALICE, OWNED, { args: { n } }));
  const refused = { code: 'RATE_LIMITED', details: { limit: 'updatesWaiting', retryAfterSeconds: 1 } };
  await expect(sessions.update(ALICE, OWNED, { args: {} })).rejects.toMatchObject(refused);
  await expect(sessions.update(ALICE, OWNED, { patch: {} })).rejects.toMatchObject(refused);
  release();
  await Promise.all(updates);
  expect((await sessions.update(ALICE, OWNED, { args: {} })).version).toBe(MOST + 2);
  expect((await store.get(OWNED))?.args).toBe('{}');
});
