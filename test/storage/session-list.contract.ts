import { expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import type { SessionStore } from '../../src/storage/session-store.ts';
import { type Backend, begin, open, owned, push, SHORT_TTL_MS } from './backend.ts';

const names = (count: number) => Array.from({ length: count }, (_, n) => `s${n}`);

async function beginAll(sessions: SessionStore, count: number) {
  for (const name of names(count)) await sessions.write(begin(owned('alice', name)));
}

/** The names of every page, following the cursors. */
async function walk(sessions: SessionStore, first: number, between: () => Promise<unknown> = async () => {}) {
  const seen: string[] = [];
  let after: string | undefined;
  while (true) {
    const page = await sessions.list('alice', after === undefined ? { first } : { first, after });
    seen.push(...page.entries.map(({ head }) => head.id.name));
    if (!page.hasNextPage) return seen;
    expect(page.entries).toHaveLength(first);
    after = page.entries.at(-1)?.cursor;
    await between();
  }
}

/** The owner's list: newest change first, exact pages. */
export function sessionListContract(backend: Backend) {
  test('the newest change comes first, whatever the clock says', async () => {
    const { sessions } = await backend.fresh();
    await beginAll(sessions, 3);
    await sessions.write(push(owned('alice', 's0'), 1, 2));
    const { entries, hasNextPage } = await sessions.list('alice', { first: 3 });
    expect(entries.map(({ head }) => [head.id.name, head.version])).toEqual([
      ['s0', 2],
      ['s2', 1],
      ['s1', 1],
    ]);
    expect(hasNextPage).toBe(false);
    const {
      template: _,
      args: __,
      svg: ___,
      warnings: ____,
      ...head
    } = (await sessions.get(owned('alice', 's0'))) ?? {};
    expect(entries[0]?.head).toEqual(head);
  });

  test.each([1, 2, 3, 7, 8])('pages of %i put together are the list', async (first) => {
    const { sessions } = await backend.fresh();
    await beginAll(sessions, 7);
    await sessions.write(begin(owned('bob', 'other')));
    expect(await walk(sessions, first)).toEqual(names(7).toReversed());
  });

  test('while others write, nothing that was left alone is skipped or repeated', async () => {
    const { sessions } = await backend.fresh();
    await beginAll(sessions, 30);
    let turn = 0;
    const seen = await walk(sessions, 4, async () => {
      turn += 1;
      await sessions.write(begin(owned('alice', `new${turn}`)));
      await sessions.write(push(owned('alice', `s${turn}`), 1, turn));
      await sessions.delete(owned('alice', `s${25 - turn}`));
    });
    const touched = new Set(names(30).filter((_, n) => (n >= 1 && n <= turn) || (n >= 25 - turn && n <= 24)));
    const untouched = names(30).filter((name) => !touched.has(name));
    expect(seen.filter((name) => untouched.includes(name))).toEqual(untouched.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
    expect(turn).toBeGreaterThan(3);
  });

  test('a page is filled past sessions that expired', async () => {
    const { sessions } = await backend.fresh();
    await beginAll(sessions, 3);
    const short = ['x0', 'x1', 'x2'].map((name) => owned('alice', name));
    for (const id of short) await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }));
    await sessions.write(push(owned('alice', 's2'), 1, 2));
    for (const id of short) await backend.untilExpired(sessions, id);
    expect(await walk(sessions, 2)).toEqual(['s2', 's1', 's0']);
    expect(await walk(sessions, 3)).toEqual(['s2', 's1', 's0']);
  });

  test('a cursor stays exact when its session is gone', async () => {
    const { sessions } = await backend.fresh();
    await beginAll(sessions, 4);
    const { entries } = await sessions.list('alice', { first: 2 });
    await sessions.delete(owned('alice', 's2'));
    const rest = await sessions.list('alice', { first: 2, after: entries[1]?.cursor ?? '' });
    expect(rest.entries.map(({ head }) => head.id.name)).toEqual(['s1', 's0']);
  });

  test.each(['', '0', '-1', '1.5', 'x', '1e3', '(1', '+inf', '99999999999999999999'])(
    'the cursor %j is refused as none',
    async (after) => {
      const { sessions } = await backend.fresh();
      const refused = sessions.list('alice', { first: 1, after });
      await expect(refused).rejects.toThrow(Refusal);
      await expect(refused).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  test('public sessions are listed for admins, each on one page, whatever their names are made of', async () => {
    const { sessions } = await backend.fresh();
    const spelled = ['a', 'A', 'é', '😀', '%61', 'a:b', '{p}', '*', 'owner|x', '~', ...names(20)];
    for (const name of spelled) await sessions.write(begin(open(name)));
    await sessions.write(begin(owned('alice', 'hidden')));
    await sessions.write(begin(open('passing'), { ttlMs: SHORT_TTL_MS }));
    await sessions.write(begin(open('deleted')));
    await sessions.delete(open('deleted'));
    await backend.untilExpired(sessions, open('passing'));

    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await sessions.listPublic(after === undefined ? { first: 7 } : { first: 7, after });
      for (const { head } of page.entries) {
        expect(head.id.owner).toBeNull();
        seen.push(head.id.name);
      }
      after = page.hasNextPage ? page.entries.at(-1)?.cursor : undefined;
    } while (after !== undefined);
    expect([...seen].sort()).toEqual([...spelled].sort());
    for (const wrong of ['', '!', 'YQ==']) {
      await expect(sessions.listPublic({ first: 1, after: wrong })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
}
