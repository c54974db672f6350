import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Quotas } from '../../src/storage/quotas.ts';
import type { SessionStore, SessionWrite, StoredSession } from '../../src/storage/session-store.ts';
import { type Backend, begin, open, owned, push, recordingWatcher, SHORT_TTL_MS } from './backend.ts';

const card = owned('alice', 'card');

/** `written`, `not written`, or the setting that refused it. */
const outcome = (sessions: SessionStore, write: SessionWrite): Promise<string> =>
  sessions.write(write).then(
    ({ written }) => (written ? 'written' : 'not written'),
    (refusal) => refusal.details.limit,
  );

const bytesOf = ({ template, args, svg }: Pick<StoredSession, 'template' | 'args' | 'svg'>) =>
  Buffer.byteLength(template + args + svg);

/** What `begin` writes. */
const BEGUN_BYTES = bytesOf({ template: '<svg>{{ n }}</svg>', args: '{"n":1}', svg: '<svg>1</svg>' });

/** What the store believes that the owner has: it says so when it refuses. */
async function counted(backend: Backend, owner: string | null) {
  const ask = async (quotas: Partial<Quotas>) => {
    const { sessions, close } = await backend.again(quotas);
    const refusal = await sessions.write(begin({ owner, name: 'never written' })).catch((error) => error);
    await close();
    return refusal.details.used;
  };
  if (owner === null) return { sessions: await ask({ maxPublicSessions: 0 }) };
  return { sessions: await ask({ maxSessionsPerUser: 0 }), bytes: await ask({ maxBytesPerUser: 0 }) };
}

/** What the owner has. */
async function recounted(sessions: SessionStore, owner: string) {
  const { entries } = await sessions.list(owner, { first: 1000 });
  const standing = await Promise.all(entries.map(({ head }) => sessions.get(head.id)));
  const live = standing.filter((session) => session !== null);
  return { sessions: live.length, bytes: live.reduce((sum, session) => sum + bytesOf(session), 0) };
}

/** What every SessionStore refuses because there is too much already. */
export function sessionQuotasContract(backend: Backend) {
  test('one session too many is refused, says why and what to do, and changes nothing', async () => {
    const { sessions } = await backend.fresh({ maxSessionsPerUser: 2 });
    await sessions.write(begin(owned('alice', 'a')));
    await sessions.write(begin(owned('alice', 'b')));
    await expect(sessions.write(begin(card))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/2 sessions.*MAX_SESSIONS_PER_USER is 2.*delete/),
      details: { retryAfterSeconds: 60, limit: 'MAX_SESSIONS_PER_USER', used: 2, max: 2 },
    });
    expect(await sessions.get(card)).toBeNull();
    expect(await recounted(sessions, 'alice')).toEqual({ sessions: 2, bytes: 2 * BEGUN_BYTES });
    // Neither those that are there, nor others.
    expect(await outcome(sessions, push(owned('alice', 'a'), 1, 2))).toBe('written');
    expect(await outcome(sessions, begin(owned('bob', 'card')))).toBe('written');
    expect(await outcome(sessions, begin(open('card')))).toBe('written');
    await sessions.delete(owned('alice', 'b'));
    expect(await outcome(sessions, begin(card))).toBe('written');
  });

  test('a name that is taken is CONFLICT before it is too much', async () => {
    const quotas = { maxSessionsPerUser: 1, maxPublicSessions: 1 };
    const { sessions } = await backend.fresh(quotas);
    for (const id of [card, open('card')]) {
      await sessions.write(begin(id));
      expect(await outcome(sessions, begin(id, { epoch: 'e2' }))).toBe('not written');
    }
  });

  test('one public session too many is refused, whoever makes it, and those that are there go on', async () => {
    const { sessions } = await backend.fresh({ maxPublicSessions: 2 });
    const other = (await backend.again({ maxPublicSessions: 2 })).sessions;
    await sessions.write(begin(open('a')));
    await other.write(begin(open('b')));
    await expect(sessions.write(begin(open('c')))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/2 public sessions.*MAX_PUBLIC_SESSIONS is 2.*expire/),
      details: { retryAfterSeconds: 60, limit: 'MAX_PUBLIC_SESSIONS', used: 2, max: 2 },
    });
    expect(await sessions.get(open('c'))).toBeNull();
    expect(await outcome(other, push(open('a'), 1, 2))).toBe('written');
    expect(await outcome(sessions, begin(card))).toBe('written');
  });

  test.each([
    ['owned', card, owned('alice', 'next')],
    ['public', open('card'), open('next')],
  ])('the end of a session, %s, by expiry or deletion, makes room', async (_, id, next) => {
    const { sessions } = await backend.fresh({
      maxSessionsPerUser: 1,
      maxPublicSessions: 1,
      maxBytesPerUser: BEGUN_BYTES,
    });
    await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }));
    await backend.untilExpired(sessions, id);
    // Under its own name at once.
    expect(await outcome(sessions, begin(id, { epoch: 'e2', ttlMs: SHORT_TTL_MS }))).toBe('written');
    await backend.untilExpired(sessions, id);
    const isWritten = (epoch: string) => () => outcome(sessions, begin(next, { epoch }));
    await expect.poll(isWritten('e1'), { timeout: 10_000 }).toBe('written');
    await sessions.delete(next);
    await expect.poll(isWritten('e2'), { timeout: 10_000 }).toBe('written');
  });

  test('a session that was written again lives and counts longer than it was begun for', async () => {
    const { sessions } = await backend.fresh({ maxSessionsPerUser: 2, maxPublicSessions: 2 });
    for (const owner of ['alice', null]) {
      const [long, short] = [
        { owner, name: 'long' },
        { owner, name: 'short' },
      ];
      for (const id of [long, short]) await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }));
      await sessions.write(push(long, 1, 2, { ttlMs: 60_000 }));
      await backend.untilExpired(sessions, short);
      const next = () => outcome(sessions, begin({ owner, name: 'next' }));
      await expect.poll(next, { timeout: 10_000 }).toBe('written');
      expect(await outcome(sessions, begin({ owner, name: 'one more' }))).toMatch(/^MAX_/);
    }
  });

  test('an update that grows is given all the room of what has expired', async () => {
    const { sessions } = await backend.fresh({ maxBytesPerUser: 31 * BEGUN_BYTES });
    await sessions.write(begin(card));
    const brief = Array.from({ length: 30 }, (_, n) => owned('alice', `s${n}`));
    await Promise.all(brief.map((id) => sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }))));
    await backend.untilExpired(sessions, owned('alice', 's29'));
    expect(await outcome(sessions, push(card, 1, 2, { svg: 'x'.repeat(30 * BEGUN_BYTES) }))).toBe('written');
    expect(await counted(backend, 'alice')).toEqual(await recounted(sessions, 'alice'));
  });

  test('bytes count in UTF-8, template, args and picture, up to the last one', async () => {
    const room = BEGUN_BYTES + 30;
    const { sessions } = await backend.fresh({ maxBytesPerUser: room });
    await sessions.write(begin(card));
    const [template, args, svg] = ['<é>', '{"a":"🌦"}', '<svg/>'];
    const fill = (more: string) => begin(owned('alice', 'fill'), { template, args, svg: svg + more });
    const left = 30 - bytesOf({ template, args, svg });
    await expect(sessions.write(fill('x'.repeat(left + 1)))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(`${BEGUN_BYTES} bytes.*${room + 1}.*MAX_BYTES_PER_USER is ${room}.*smaller`),
      details: { limit: 'MAX_BYTES_PER_USER', used: BEGUN_BYTES, max: room },
    });
    expect(await sessions.get(owned('alice', 'fill'))).toBeNull();
    expect(await outcome(sessions, fill('x'.repeat(left)))).toBe('written');
    expect(await outcome(sessions, begin(owned('alice', 'more'), { template: '', args: '', svg: 'x' }))).toMatch(
      'BYTES',
    );
    expect(await outcome(sessions, begin(owned('bob', 'card')))).toBe('written');
    expect(await counted(backend, 'alice')).toEqual({ sessions: 2, bytes: room });
  });

  test('an update that grows past the bytes changes nothing and tells nobody; keeping and shrinking always pass', async () => {
    await (await backend.fresh()).sessions.write(begin(card, { svg: 'x'.repeat(1000) }));
    const { sessions } = await backend.again({ maxBytesPerUser: 500, maxSessionsPerUser: 0 });
    const before = await sessions.get(card);
    const seen = recordingWatcher();
    const stop = await sessions.watch(card, seen.watcher);
    for (const change of [{ svg: 'x'.repeat(1001) }, { svg: 'x'.repeat(1000), template: `${before?.template} ` }]) {
      expect(await outcome(sessions, push(card, 1, 2, change))).toBe('MAX_BYTES_PER_USER');
    }
    expect(await sessions.get(card)).toEqual(before);
    expect(await outcome(sessions, push(card, 1, 2, { svg: 'y'.repeat(1000) }))).toBe('written');
    expect(await outcome(sessions, push(card, 1, 3, { svg: 'y'.repeat(999) }))).toBe('written');
    expect(await outcome(sessions, push(card, 1, 3, { svg: 'y'.repeat(1000) }))).toBe('MAX_BYTES_PER_USER');
    await seen.untilVersion(3);
    expect(seen.frames.map(({ version }) => version)).toEqual([2, 3]);
    stop();
    expect(await outcome(sessions, push(card, 1, 4, { svg: '' }))).toBe('written');
    expect(await outcome(sessions, push(card, 1, 5, { svg: 'z'.repeat(400) }))).toBe('written');
  });

  test('of many writers on two nodes exactly as many pass as there is room for', async () => {
    const quotas = { maxSessionsPerUser: 7, maxPublicSessions: 5 };
    const nodes = [(await backend.fresh(quotas)).sessions, (await backend.again(quotas)).sessions] as const;
    const race = async (writes: readonly SessionWrite[]) => {
      const outcomes = await Promise.all(writes.map((write, n) => outcome(nodes[n % 2 ? 0 : 1], write)));
      return outcomes.filter((one) => one === 'written').length;
    };
    const names = Array.from({ length: 40 }, (_, n) => `s${n}`);
    expect(await race(names.map((name) => begin(open(name))))).toBe(5);
    expect(await race(names.map((name) => begin(owned('alice', name))))).toBe(7);
    const bytes = { maxBytesPerUser: 4 * BEGUN_BYTES };
    const narrow = [(await backend.again(bytes)).sessions, (await backend.again(bytes)).sessions] as const;
    const begun = names.map((name, n) => outcome(narrow[n % 2 ? 0 : 1], begin(owned('bob', name))));
    expect((await Promise.all(begun)).filter((one) => one === 'written')).toHaveLength(4);
    expect(await counted(backend, null)).toEqual({ sessions: 5 });
  });

  const step = fc.record({
    does: fc.constantFrom('begin', 'begin for a moment', 'push', 'new template', 'delete', 'expire'),
    owner: fc.constantFrom('alice', 'bob'),
    name: fc.constantFrom('a', 'b', 'c', '%', ':'),
    text: fc.string({ unit: 'grapheme', maxLength: 60 }),
  });

  test('after whatever was done, what is counted is what is there', async () => {
    const perform = async (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
      const { sessions } = await backend.fresh({ maxSessionsPerUser: 4, maxBytesPerUser: 400 });
      const momentary = new Map<string, ReturnType<typeof owned>>();
      for (const { does, owner, name, text } of steps) {
        const id = owned(owner, name);
        const content = { template: text, args: `{"n":"${text}"}`, svg: text };
        const at = await sessions.get(id);
        if (does === 'begin') await outcome(sessions, begin(id, content));
        if (does === 'begin for a moment') {
          await outcome(sessions, begin(id, { ...content, ttlMs: SHORT_TTL_MS }));
          if (at === null) momentary.set(`${owner}/${name}`, id);
        }
        const { template, ...rest } = content;
        if (does === 'push' && at) await outcome(sessions, push(id, at.revision, 1, rest));
        if (does === 'new template' && at) await outcome(sessions, push(id, at.revision, 1, content));
        if (does === 'delete') await sessions.delete(id);
        if (does === 'expire') {
          for (const one of momentary.values()) {
            const standing = await sessions.get(one);
            if (standing !== null && standing.ttlMs !== null) await backend.untilExpired(sessions, one);
          }
          momentary.clear();
        }
      }
      for (const owner of ['alice', 'bob']) {
        const there = await recounted(sessions, owner);
        expect(there.sessions).toBeLessThanOrEqual(4);
        expect(there.bytes).toBeLessThanOrEqual(400);
        expect(await counted(backend, owner)).toEqual(there);
      }
    };
    const runs = { numRuns: 12, seed: 2026, endOnFailure: true };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), perform), runs);
  }, 60_000);
}
