import { expect, test } from 'vitest';
import type { Denial } from '../../src/storage/denial-store.ts';
import { type Backend, newAccount } from './backend.ts';
import { HOUR_MS } from './identity-records.ts';

const bySubject = (denials: readonly Denial[]) =>
  [...denials].sort((a, b) => (a.subject < b.subject ? -1 : Number(a.subject > b.subject)));

export function denialStoreContract(backend: Backend) {
  async function fresh() {
    const storage = await backend.fresh();
    await storage.accounts.claim('clock', newAccount('$'));
    const now = (await storage.accounts.find('clock'))?.createdAt ?? Number.NaN;
    return { ...storage, now };
  }

  test('a store in which nothing was denied says so', async () => {
    const { denials } = await fresh();
    expect(await denials.sequence()).toBe(0);
    expect(await denials.load(0)).toEqual({ sequence: 0, denials: [], complete: true });
    await denials.deny([]);
    expect(await denials.sequence()).toBe(0);
  });

  test('what is denied is there at once for every handle, and each can load just what it lacks', async () => {
    const { denials, now } = await fresh();
    const there = await backend.again();
    const [a, b, c] = ['sid:a', 'account:u{1}.2', 'sid:é'].map((subject, n) => ({ subject, until: now + HOUR_MS + n }));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three were made');
    await denials.deny([a, b]);
    const first = await there.denials.load(0);
    expect(first).toMatchObject({ complete: true, sequence: await denials.sequence() });
    expect(bySubject(first.denials)).toEqual([b, a]);
    await there.denials.deny([c]);
    const second = await denials.load(first.sequence);
    expect(second).toEqual({ complete: false, sequence: await there.denials.sequence(), denials: [c] });
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect(Number.isSafeInteger(second.sequence)).toBe(true);
    expect(await denials.load(second.sequence)).toEqual({ ...second, denials: [] });
    expect(bySubject((await denials.load(0)).denials)).toEqual([b, a, c]);
  });

  test('a number that the store never gave, or not since it was empty, is told everything', async () => {
    const { denials, now } = await fresh();
    await denials.deny([{ subject: 'sid:a', until: now + HOUR_MS }]);
    const { sequence } = await denials.load(0);
    await denials.deny([{ subject: 'sid:b', until: now + HOUR_MS }]);
    for (const after of [sequence - 1, 5, (await denials.sequence()) + 1]) {
      const loaded = await denials.load(after);
      expect(loaded.complete).toBe(true);
      expect(bySubject(loaded.denials).map(({ subject }) => subject)).toEqual(['sid:a', 'sid:b']);
    }
    const { denials: later } = await backend.fresh();
    expect(await later.load(sequence)).toEqual({ sequence: 0, denials: [], complete: true });
  });

  test('of two times the later one counts, and a longer time is loaded as a change', async () => {
    const { denials, now } = await fresh();
    const denied = (until: number) => ({ subject: 'sid:a', until: now + until });
    await denials.deny([denied(HOUR_MS)]);
    const { sequence } = await denials.load(0);
    await denials.deny([denied(1000)]);
    expect((await denials.load(sequence)).denials).toEqual([]);
    await denials.deny([denied(2 * HOUR_MS), denied(HOUR_MS)]);
    expect((await denials.load(sequence)).denials).toEqual([denied(2 * HOUR_MS)]);
    expect((await denials.load(0)).denials).toEqual([denied(2 * HOUR_MS)]);
  });

  test('many denials at once, through two handles, are all there, each with a number of its own', async () => {
    const { denials, now } = await fresh();
    const there = await backend.again();
    const subjects = Array.from({ length: 40 }, (_, n) => `sid:${n}`);
    const seen = new Set<number>();
    const deny = async (subject: string, n: number) => {
      await (n % 2 ? denials : there.denials).deny([{ subject, until: now + HOUR_MS }]);
      seen.add(await denials.sequence());
    };
    await Promise.all(subjects.map(deny));
    let loaded = await denials.load(0);
    expect(loaded.denials.map(({ subject }) => subject).sort()).toEqual([...subjects].sort());
    expect(loaded.sequence).toBe(Math.max(...seen));
    const { sequence } = loaded;
    await Promise.all([1, 2, 3].map((n) => deny(`sid:later ${n}`, n)));
    loaded = await there.denials.load(sequence);
    expect(loaded.denials).toHaveLength(3);
    expect(loaded.sequence).toBeGreaterThanOrEqual(sequence + 3);
  });

  test('a denial ends with its time, the number stays', async () => {
    const { denials, now } = await fresh();
    await denials.deny([
      { subject: 'sid:short', until: now + 300 },
      { subject: 'sid:long', until: now + HOUR_MS },
    ]);
    const sequence = await denials.sequence();
    await backend.later(301);
    expect((await denials.load(0)).denials).toEqual([{ subject: 'sid:long', until: now + HOUR_MS }]);
    await denials.deny([{ subject: 'sid:short', until: now + 2 * HOUR_MS }]);
    expect((await denials.load(sequence)).denials).toEqual([{ subject: 'sid:short', until: now + 2 * HOUR_MS }]);
  });

  test('who watches is called after each change, twice if registered twice, and no more once stopped', async () => {
    const { denials, now } = await fresh();
    const calls: boolean[] = [];
    const left: boolean[] = [];
    const watcher = (reconnected: boolean) => void calls.push(reconnected);
    const [stop, stopLeaver] = await Promise.all([denials.watch(watcher), denials.watch((how) => void left.push(how))]);
    await denials.watch(watcher);
    await denials.deny([{ subject: 'sid:a', until: now + HOUR_MS }]);
    await expect.poll(() => [calls, left]).toEqual([[false, false], [false]]);
    stop();
    stop();
    stopLeaver();
    await denials.deny([{ subject: 'sid:b', until: now + HOUR_MS }]);
    await expect.poll(() => calls).toEqual([false, false, false]);
    expect(left).toEqual([false]);
  });
}
