import { describe, expect, it, onTestFinished } from 'vitest';
import { createTemplates } from '../../src/rendering/templates.ts';
import { createSessions } from '../../src/sessions/sessions.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { SessionStore } from '../../src/storage/session-store.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { ANONYMOUS, callerOf } from '../harness/callers.ts';

const ALICE = callerOf('alice');
const OWNED = { owner: 'alice', name: 'own' };
const code = (expected: string) => expect.objectContaining({ code: expected });

async function openStore(): Promise<SessionStore> {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  onTestFinished(() => storage.close());
  return storage.sessions;
}

/** The sessions of one server of that store. */
function server(store: SessionStore) {
  const templates = createTemplates({ maxFrameBytes: 100_000, maxSteps: 100_000 });
  return createSessions(store, templates, { maxTemplateBytes: 10_000, maxArgsBytes: 10_000 });
}

async function owned(store: SessionStore) {
  const sessions = server(store);
  await sessions.create(ALICE, { name: 'own', public: false, template: TEXT_TEMPLATE, args: { n: 1 } });
  return sessions;
}

/** Counts what a server asks of its store. */
function counted(store: SessionStore) {
  const calls: string[] = [];
  const spied: SessionStore = {
    ...store,
    get: (id) => {
      calls.push('get');
      return store.get(id);
    },
    write: (write) => {
      calls.push('write');
      return store.write(write);
    },
  };
  return { calls, store: spied };
}

describe('an update', () => {
  it('costs one call of the store once the session is known', async () => {
    const { calls, store } = counted(await openStore());
    const sessions = await owned(store);
    calls.length = 0;
    await sessions.update(ALICE, OWNED, { args: { n: 2 } });
    await sessions.update(ALICE, OWNED, { patch: { m: 3 } });
    expect(calls).toEqual(['write', 'write']);
  });

  it('that replaces all args never waits for another server', async () => {
    const { calls, store } = counted(await openStore());
    const [one, two] = [await owned(store), server(store)];
    await two.update(ALICE, OWNED, { args: { n: 0 } });
    calls.length = 0;
    const writers = [one, two].map(async (sessions, who) => {
      for (let n = 0; n < 25; n += 1) await sessions.update(ALICE, OWNED, { args: { n: `${who}.${n}` } });
    });
    await Promise.all(writers);
    expect(calls).toEqual(Array(50).fill('write'));
    expect((await store.get(OWNED))?.version).toBe(52);
  });

  it('that merges loses nothing, on however many servers', async () => {
    const store = await openStore();
    const servers = [await owned(store), server(store), server(store)];
    const keys = Array.from({ length: 30 }, (_, key) => `key${key}`);
    await Promise.all(keys.map((key, i) => servers[i % 3]?.update(ALICE, OWNED, { patch: { [key]: i } })));
    const args = JSON.parse((await store.get(OWNED))?.args ?? '');
    expect(Object.keys(args).sort()).toEqual(['n', ...keys].sort());
  });

  it('under a condition is for one of many', async () => {
    const store = await openStore();
    const servers = [await owned(store), server(store)];
    const onlyIf = ({ version }: { version: number }) => version === 1;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => servers[n % 2]?.update(ALICE, OWNED, { args: { n }, onlyIf })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'CONFLICT', details: { version: 2 } });
    }
  });

  it('with a condition that holds succeeds although this server remembers an older version', async () => {
    const store = await openStore();
    const [one, two] = [await owned(store), server(store)];
    await two.update(ALICE, OWNED, { args: { n: 2 } });
    const updated = await one.update(ALICE, OWNED, { args: { n: 3 }, onlyIf: ({ version }) => version === 2 });
    expect(updated.version).toBe(3);
  });

  it('is rendered with the newest template, although this server remembers an older one', async () => {
    const store = await openStore();
    const [one, two] = [await owned(store), server(store)];
    const template = TEXT_TEMPLATE.replace('{{ n }}', 'now {{ n }}');
    await two.update(ALICE, OWNED, { template });
    expect((await one.update(ALICE, OWNED, { args: { n: 5 } })).svg).toContain('now 5');
  });

  it('is not refused for a template that another server has mended', async () => {
    const store = await openStore();
    const fragile = '<svg xmlns="http://www.w3.org/2000/svg">{% if bad %}{{ 1 | list }}{% endif %}</svg>';
    const [one, two] = [await owned(store), server(store)];
    await one.update(ALICE, OWNED, { template: fragile });
    await two.update(ALICE, OWNED, { template: TEXT_TEMPLATE });
    expect((await one.update(ALICE, OWNED, { args: { n: 1, bad: true } })).svg).toContain('>1<');
  });

  it('of nothing at all restarts the time to live', async () => {
    const sessions = server(await openStore());
    const before = await sessions.create(ALICE, {
      ...{ name: 'own', public: false, template: TEXT_TEMPLATE, args: {}, ttlMs: 60_000 },
    });
    await expect.poll(() => Date.now()).toBeGreaterThan(before.updatedAt);
    const after = await sessions.update(ALICE, OWNED, {});
    expect(after.version).toBe(2);
    expect(after.expiresAt).toBeGreaterThan(before.expiresAt ?? Number.POSITIVE_INFINITY);
  });

  it('of a session that has vanished is NOT_FOUND, known or not', async () => {
    const store = await openStore();
    const [one, two] = [await owned(store), server(store)];
    await two.delete(ALICE, OWNED, null);
    await expect(one.update(ALICE, OWNED, { args: {} })).rejects.toThrow(code('NOT_FOUND'));
    await expect(one.update(ALICE, OWNED, { template: 'broken {{' })).rejects.toThrow(code('NOT_FOUND'));
    await expect(two.update(ALICE, OWNED, { patch: {} })).rejects.toThrow(code('NOT_FOUND'));
  });

  it('takes args or a patch, not both', async () => {
    const sessions = await owned(await openStore());
    await expect(sessions.update(ALICE, OWNED, { args: {}, patch: {} })).rejects.toThrow(code('BAD_USER_INPUT'));
  });
});

describe('ownership', () => {
  const everything = { template: TEXT_TEMPLATE, args: {}, ttlMs: 1000 };

  it.each([
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['somebody else', callerOf('bob'), 'FORBIDDEN'],
    ['one whose id only looks alike', callerOf('Alice'), 'FORBIDDEN'],
  ])('keeps an owned session from %s', async (_who, caller, expected) => {
    const store = await openStore();
    const sessions = await owned(store);
    const before = await store.get(OWNED);
    await expect(sessions.update(caller, OWNED, { args: {} })).rejects.toThrow(code(expected));
    await expect(sessions.replace(caller, OWNED, everything)).rejects.toThrow(code(expected));
    await expect(sessions.delete(caller, OWNED, null)).rejects.toThrow(code(expected));
    await expect(sessions.source(caller, OWNED)).rejects.toThrow(code('FORBIDDEN'));
    expect(await store.get(OWNED)).toEqual(before);
  });

  it('leaves the args of a public session to everybody and its substance to nobody', async () => {
    const sessions = server(await openStore());
    const id = { owner: null, name: 'open' };
    await sessions.create(ALICE, { name: 'open', public: true, template: TEXT_TEMPLATE, args: {} });
    for (const caller of [ANONYMOUS, ALICE]) {
      expect((await sessions.update(caller, id, { patch: { n: 1 } })).svg).toContain('>1<');
      for (const change of [{ template: TEXT_TEMPLATE }, { ttlMs: 1000 }, { ttlMs: null }]) {
        await expect(sessions.update(caller, id, change)).rejects.toThrow(code('FORBIDDEN'));
      }
      await expect(sessions.delete(caller, id, null)).rejects.toThrow(code('FORBIDDEN'));
    }
  });

  it('lets nobody create an owned session anonymously', async () => {
    const sessions = server(await openStore());
    const session = { public: false, template: TEXT_TEMPLATE, args: {} };
    await expect(sessions.create(ANONYMOUS, session)).rejects.toThrow(code('UNAUTHENTICATED'));
  });

  it('gives a session without a name sixteen unguessable characters', async () => {
    const sessions = server(await openStore());
    const { id } = await sessions.create(ANONYMOUS, { public: true, template: TEXT_TEMPLATE, args: {} });
    expect(id.name).toMatch(/^[a-z0-9]{16}$/);
  });
});
