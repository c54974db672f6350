import { expect, test } from 'vitest';
import type { SessionStore, SessionWrite, WriteOutcome } from '../../src/storage/session-store.ts';
import { type Backend, begin, open, owned, push, SHORT_TTL_MS } from './backend.ts';

const id = owned('alice', 'card');

async function written(sessions: SessionStore, write: SessionWrite) {
  const outcome = await sessions.write(write);
  if (!outcome.written) throw new Error('expected the write to be accepted');
  return outcome.head;
}

/** What every SessionStore does with one session at a time, and with many writers. */
export function sessionStoreContract(backend: Backend) {
  test('a session that was begun is read back whole, at version 1', async () => {
    const { sessions } = await backend.fresh();
    const head = await written(sessions, begin(id, { warnings: ['n is undefined'], ttlMs: 60_000 }));
    expect(head).toEqual({
      id,
      epoch: 'e1',
      version: 1,
      revision: 1,
      createdAt: head.updatedAt,
      updatedAt: head.updatedAt,
      ttlMs: 60_000,
      expiresAt: head.updatedAt + 60_000,
      visibility: 'public',
      access: 0,
    });
    expect(Number.isInteger(head.updatedAt)).toBe(true);
    const content = { template: '<svg>{{ n }}</svg>', args: '{"n":1}', svg: '<svg>1</svg>' };
    expect(await sessions.get(id)).toEqual({ ...head, ...content, warnings: ['n is undefined'] });
    const frame = { epoch: 'e1', version: 1, renderedAt: head.updatedAt, svg: '<svg>1</svg>', access: 0 };
    expect(await sessions.frame(id)).toEqual(frame);
    expect(await sessions.stamps([open('none'), id])).toEqual([null, { epoch: 'e1', version: 1, access: 0 }]);
  });

  test('what was never written is absent in every answer', async () => {
    const { sessions } = await backend.fresh();
    expect(await sessions.get(id)).toBeNull();
    expect(await sessions.frame(id)).toBeNull();
    expect(await sessions.stamps([id])).toEqual([null]);
    expect(await sessions.stamps([])).toEqual([]);
    expect(await sessions.delete(id)).toBe(false);
    expect(await sessions.list('alice', { first: 5 })).toEqual({ entries: [], hasNextPage: false });
    expect(await sessions.write(push(id, 1, 2))).toEqual({ written: false, current: null });
    const ifVersion = { is: 'version', epoch: 'e1', version: 1 } as const;
    expect(await sessions.write(push(id, 1, 2, { expect: ifVersion }))).toEqual({ written: false, current: null });
  });

  test('a name that lives is not begun again, and the answer says what stands there', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    const standing = await sessions.get(id);
    expect(await sessions.write(begin(id, { epoch: 'e2', args: '{}' }))).toEqual({ written: false, current: standing });
    expect(await sessions.get(id)).toEqual(standing);
  });

  test('new args keep the template and its revision, a new template moves the revision', async () => {
    const { sessions } = await backend.fresh();
    const first = await written(sessions, begin(id));
    const second = await written(sessions, push(id, 1, 2));
    expect(second).toMatchObject({ version: 2, revision: 1, createdAt: first.createdAt });
    expect(second.updatedAt).toBeGreaterThanOrEqual(first.updatedAt);
    expect(await sessions.get(id)).toMatchObject({ template: '<svg>{{ n }}</svg>', args: '{"n":2}' });
    const third = await written(sessions, push(id, 1, 3, { template: '<svg>new</svg>', warnings: ['w'] }));
    expect(third).toMatchObject({ version: 3, revision: 3 });
    const stale = await sessions.write(push(id, 1, 4));
    expect(stale).toMatchObject({ written: false, current: { version: 3, template: '<svg>new</svg>' } });
    expect(await written(sessions, push(id, 3, 5))).toMatchObject({ version: 4, revision: 3 });
  });

  test('of fifty writers that depend on the version exactly one wins each version', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    for (let version = 1; version <= 3; version += 1) {
      const ifVersion = { is: 'version', epoch: 'e1', version } as const;
      const writers = Array.from({ length: 50 }, (_, n) => sessions.write(push(id, 1, n, { expect: ifVersion })));
      const outcomes = await Promise.all(writers);
      const winner = outcomes.findIndex((outcome) => outcome.written);
      expect(outcomes.filter((outcome) => outcome.written)).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.written) expect(outcome.head.version).toBe(version + 1);
        else expect(outcome.current).toMatchObject({ version: version + 1, args: `{"n":${winner}}` });
      }
    }
  });

  test('fifty writers that depend on the template alone all succeed, each with a version of its own', async () => {
    const { sessions } = await backend.fresh();
    const other = (await backend.again()).sessions;
    await sessions.write(begin(id));
    const writers = Array.from({ length: 50 }, (_, n) => written(n % 2 ? sessions : other, push(id, 1, n)));
    const versions = (await Promise.all(writers)).map((head) => head.version);
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 2));
    const last = versions.indexOf(51);
    expect(await sessions.get(id)).toMatchObject({ version: 51, args: `{"n":${last}}`, svg: `<svg>${last}</svg>` });
  });

  test('of many that begin one name at once, through two handles, exactly one does', async () => {
    const { sessions } = await backend.fresh();
    const other = (await backend.again()).sessions;
    const writers = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? sessions : other).write(begin(id, { epoch: `e${n}` })),
    );
    const won = (await Promise.all(writers)).filter((outcome: WriteOutcome) => outcome.written);
    expect(won).toHaveLength(1);
    expect(await sessions.get(id)).toMatchObject({ version: 1, epoch: won[0]?.written ? won[0].head.epoch : '' });
  });

  test('a name deleted and begun again has its new epoch, and the old one writes nothing', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    expect(await sessions.delete(id)).toBe(true);
    expect(await sessions.delete(id)).toBe(false);
    await sessions.write(begin(id, { epoch: 'e2', template: '<svg/>' }));
    expect(await sessions.write(push(id, 1, 2))).toMatchObject({ written: false, current: { epoch: 'e2' } });
    const ifVersion = { is: 'version', epoch: 'e1', version: 1 } as const;
    expect(await sessions.write(push(id, 1, 2, { expect: ifVersion }))).toMatchObject({ written: false });
    expect(await sessions.get(id)).toMatchObject({ epoch: 'e2', version: 1, template: '<svg/>', args: '{"n":1}' });
    expect((await sessions.list('alice', { first: 5 })).entries).toHaveLength(1);
  });

  test('a delete that names a version ends that one and no other', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    await sessions.write(push(id, 1, 2));
    for (const other of [
      { epoch: 'e1', version: 1 },
      { epoch: 'e1', version: 3 },
      { epoch: 'e2', version: 2 },
    ]) {
      expect(await sessions.delete(id, other)).toBe(false);
    }
    expect(await sessions.get(id)).toMatchObject({ epoch: 'e1', version: 2 });
    expect((await sessions.list('alice', { first: 5 })).entries).toHaveLength(1);
    expect(await sessions.delete(id, { epoch: 'e1', version: 2 })).toBe(true);
    expect(await sessions.delete(id, { epoch: 'e1', version: 2 })).toBe(false);
    expect(await sessions.get(id)).toBeNull();
    expect((await sessions.list('alice', { first: 5 })).entries).toEqual([]);
  });

  test('of a delete and a write that name one version, through two handles, exactly one takes effect', async () => {
    const { sessions } = await backend.fresh();
    const other = (await backend.again()).sessions;
    for (let round = 1; round <= 20; round += 1) {
      const epoch = `e${round}`;
      await sessions.write(begin(id, { epoch }));
      const write = () => other.write(push(id, 1, 2, { expect: { is: 'version', epoch, version: 1 } }));
      const remove = () => sessions.delete(id, { epoch, version: 1 });
      const both = round % 2 ? [write(), remove()] : [remove(), write()];
      const taken = (await Promise.all(both)).map((each) => (typeof each === 'boolean' ? each : each.written));
      expect(taken.filter(Boolean)).toHaveLength(1);
      await sessions.delete(id);
    }
  });

  test('a write without ttlMs starts the stored time to live again; one with it changes it; null ends it', async () => {
    const { sessions } = await backend.fresh();
    const first = await written(sessions, begin(id, { ttlMs: 60_000 }));
    const again = await written(sessions, push(id, 1, 2));
    expect(again).toMatchObject({ ttlMs: 60_000, expiresAt: again.updatedAt + 60_000 });
    expect(again.expiresAt).toBeGreaterThanOrEqual(first.expiresAt ?? Number.NaN);
    const changed = await written(sessions, push(id, 1, 3, { ttlMs: 90_000 }));
    expect(changed).toMatchObject({ ttlMs: 90_000, expiresAt: changed.updatedAt + 90_000 });
    expect(await written(sessions, push(id, 1, 4, { ttlMs: null }))).toMatchObject({ ttlMs: null, expiresAt: null });
    expect(await written(sessions, push(id, 1, 5))).toMatchObject({ ttlMs: null, expiresAt: null });
    expect(await sessions.get(id)).toMatchObject({ version: 5, ttlMs: null, expiresAt: null });
  });

  test('an expired session is absent in every answer, and its name is free', async () => {
    const { sessions } = await backend.fresh();
    const neighbour = owned('alice', 'neighbour');
    await sessions.write(begin(neighbour));
    await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }));
    await backend.untilExpired(sessions, id);
    expect(await sessions.get(id)).toBeNull();
    expect(await sessions.frame(id)).toBeNull();
    expect(await sessions.stamps([id, neighbour])).toEqual([null, { epoch: 'e1', version: 1, access: 0 }]);
    const page = await sessions.list('alice', { first: 1 });
    expect(page.entries.map(({ head }) => head.id)).toEqual([neighbour]);
    expect(page.hasNextPage).toBe(false);
    expect(await sessions.write(push(id, 1, 2))).toEqual({ written: false, current: null });
    expect(await sessions.delete(id)).toBe(false);
    expect(await written(sessions, begin(id, { epoch: 'e2' }))).toMatchObject({ version: 1, expiresAt: null });
    expect(await sessions.get(id)).toMatchObject({ epoch: 'e2', ttlMs: null });
    expect((await sessions.list('alice', { first: 5 })).entries).toHaveLength(2);
  });

  test('a session whose time to live was lifted outlives the old one', async () => {
    const { sessions } = await backend.fresh();
    const witness = owned('alice', 'witness');
    await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }));
    await sessions.write(push(id, 1, 2, { ttlMs: null }));
    await sessions.write(begin(witness, { ttlMs: SHORT_TTL_MS }));
    await backend.untilExpired(sessions, witness);
    expect(await sessions.get(id)).toMatchObject({ version: 2, expiresAt: null });
  });

  test.each([
    '{"__proto__":1,"a":[],"n":12345678901234567890}',
    '{ "spaced" : 1.0e3 }',
    '{"half":"\\ud800","nul":"\\u0000"}',
    '{"é":"😀\u2028","ctrl":"\u007f"}',
    '{}',
  ])('args come back byte for byte: %s', async (args) => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id, { args }));
    expect(Buffer.from((await sessions.get(id))?.args ?? '')).toEqual(Buffer.from(args));
    const outcome = await sessions.write(begin(id));
    expect(outcome).toMatchObject({ written: false, current: { args } });
  });

  test('templates, args and frames of the largest allowed size come back whole', async () => {
    const { sessions } = await backend.fresh();
    const big = { template: 'é'.repeat(131_072), args: `{"s":"${'x'.repeat(1_048_000)}"}`, svg: '😀'.repeat(524_288) };
    await sessions.write(begin(id, big));
    const stored = await sessions.get(id);
    expect(stored?.template === big.template && stored.args === big.args && stored.svg === big.svg).toBe(true);
  });

  test('warnings may be any text', async () => {
    const { sessions } = await backend.fresh();
    const warnings = ['', '[]', 'a\nb', '{"__proto__":1}', '"'];
    await sessions.write(begin(id, { warnings }));
    expect((await sessions.get(id))?.warnings).toEqual(warnings);
  });

  test('a beginning without template or time to live is the caller’s mistake', async () => {
    const { sessions } = await backend.fresh();
    const { ttlMs: _, ...endless } = begin(id);
    const { template: __, ...blank } = begin(id);
    await expect(sessions.write(endless)).rejects.toThrow(TypeError);
    await expect(sessions.write(blank)).rejects.toThrow(TypeError);
    expect(await sessions.get(id)).toBeNull();
  });
}
