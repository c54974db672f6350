import { expect, test } from 'vitest';
import type { OwnerListRequest, SessionStore } from '../../src/storage/session-store.ts';
import { type Backend, begin, owned, push, SHORT_TTL_MS } from './backend.ts';

const NAMES = [
  'Zebra',
  'apple',
  'Apple',
  'äpfel',
  '온도계 1',
  '온도계 2',
  'ΟΔΟΣ',
  '50%_a:b',
  'kitchen',
  'Kitchen light',
  '😀',
];

async function beginThese(sessions: SessionStore, names: readonly string[]) {
  for (const name of names) await sessions.write(begin(owned('alice', name)));
}

/** The names of every page, following the cursors. */
async function walk(
  sessions: SessionStore,
  request: OwnerListRequest,
  between: (seen: readonly string[]) => Promise<unknown> = async () => {},
) {
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await sessions.list('alice', after === undefined ? request : { ...request, after });
    seen.push(...page.entries.map(({ head }) => head.id.name));
    if (!page.hasNextPage) return seen;
    expect(page.entries).toHaveLength(request.first);
    after = page.entries.at(-1)?.cursor;
    await between(seen);
  }
}

/** The owner's list, searched and in the order of names. */
export function sessionSearchContract(backend: Backend) {
  test.each([1, 2, 3, 100])('by name, pages of %i put together are the list as people sort it', async (first) => {
    const { sessions } = await backend.fresh();
    await beginThese(sessions, NAMES);
    await sessions.write(begin(owned('alicf', 'neighbour')));
    await sessions.write(begin(owned('alic', 'neighbour')));
    expect(await walk(sessions, { first, sort: 'name' })).toEqual([
      ...['50%_a:b', 'Apple', 'apple', 'kitchen', 'Kitchen light', 'Zebra', 'äpfel', 'ΟΔΟΣ'],
      ...['온도계 1', '온도계 2', '😀'],
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['KITCHEN', ['kitchen', 'Kitchen light']],
    ['PPLE', ['Apple', 'apple']],
    ['Äpf', ['äpfel']],
    // Decomposed, and with another sigma at its end.
    ['A\u0308PF', ['äpfel']],
    ['οδος', ['ΟΔΟΣ']],
    ['온도', ['온도계 1', '온도계 2']],
    ['50%', ['50%_a:b']],
    ['%', ['50%_a:b']],
    [':', ['50%_a:b']],
    ['.*', []],
    ['nowhere', []],
  ])('a search for %j finds it in names, in either order', async (search, found) => {
    const { sessions } = await backend.fresh();
    await beginThese(sessions, NAMES);
    await sessions.write(begin(owned('bob', 'kitchen apple äpfel οδος 온도 50%:')));
    for (const first of [1, 50]) {
      expect(await walk(sessions, { first, search, sort: 'name' })).toEqual(found);
      const newestFirst = NAMES.filter((name) => found.includes(name)).toReversed();
      expect(await walk(sessions, { first, search })).toEqual(newestFirst);
    }
  });

  test('while others write, nothing that was left alone is skipped or repeated', async () => {
    const { sessions } = await backend.fresh();
    const names = Array.from({ length: 48 }, (_, n) => `${n % 3 === 0 ? 'X' : 'y'} ${String(n).padStart(2, '0')}`);
    for (const request of [
      { first: 2, sort: 'name', search: 'x' },
      { first: 2, search: 'x' },
    ] as const) {
      await beginThese(sessions, names);
      const changed = new Set<string>();
      let turn = 0;
      const seen = await walk(sessions, request, async () => {
        const name = names[turn * 6] ?? '';
        changed.add(name);
        if (turn % 2 === 0) await sessions.write(push(owned('alice', name), 1, turn));
        else await sessions.delete(owned('alice', name));
        turn += 1;
      });
      const alone = names.filter((name) => name.startsWith('X') && !changed.has(name));
      const sorted = request.search !== undefined && 'sort' in request ? alone : alone.toReversed();
      expect(seen.filter((name) => alone.includes(name))).toEqual(sorted);
      expect(new Set(seen).size).toBe(seen.length);
      expect(turn).toBeGreaterThan(3);
      for (const name of names) await sessions.delete(owned('alice', name));
    }
  });

  test('a page is filled past sessions that expired', async () => {
    const { sessions } = await backend.fresh();
    await beginThese(sessions, ['a1', 'a5']);
    const short = ['a2', 'a3', 'a4'].map((name) => owned('alice', name));
    for (const id of short) await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS }));
    for (const id of short) await backend.untilExpired(sessions, id);
    expect(await walk(sessions, { first: 1, sort: 'name' })).toEqual(['a1', 'a5']);
    expect(await walk(sessions, { first: 1, search: 'A' })).toEqual(['a5', 'a1']);
  });

  test('a cursor by name stays exact when its session is gone, and is none of the other order', async () => {
    const { sessions } = await backend.fresh();
    await beginThese(sessions, ['a', 'b', 'c', 'd']);
    const { entries } = await sessions.list('alice', { first: 2, sort: 'name' });
    const after = entries[1]?.cursor ?? '';
    await sessions.delete(owned('alice', 'b'));
    const rest = await sessions.list('alice', { first: 2, sort: 'name', after });
    expect(rest.entries.map(({ head }) => head.id.name)).toEqual(['c', 'd']);

    const { entries: newest } = await sessions.list('alice', { first: 1 });
    for (const request of [
      { first: 1, sort: 'name', after: newest[0]?.cursor ?? '' },
      { first: 1, sort: 'name', after: 'n' },
      { first: 1, sort: 'name', after: 'n!' },
      { first: 1, sort: 'change', after },
      { first: 1, search: 'a', after },
      { first: 1, search: 'a', after: 'x' },
    ] as const) {
      await expect(sessions.list('alice', request)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
}
