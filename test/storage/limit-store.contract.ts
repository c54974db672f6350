import { expect, test } from 'vitest';
import type { Backend } from './backend.ts';

const MINUTE = 60_000;
const SHORTEST = 1000;

/** `twoHandles`: whether another handle on the same data counts together with the first. */
export function limitStoreContract(backend: Backend, { twoHandles }: { readonly twoHandles: boolean }) {
  const other = async () => (twoHandles ? backend.again() : null);

  test('of twice as many takers as there are points, all at once, exactly as many are granted', async () => {
    const { limits: here } = await backend.fresh();
    const there = (await other())?.limits ?? here;
    const allowance = { points: 50, windowMs: MINUTE };
    const taken = await Promise.all(
      Array.from({ length: 100 }, (_, n) => (n % 2 ? here : there).take('key', 1, allowance)),
    );
    expect(taken.filter(({ granted }) => granted === 1)).toHaveLength(50);
    expect(taken.filter(({ granted }) => granted === 0)).toHaveLength(50);
    expect(await there.take('key', 1, allowance)).toMatchObject({ granted: 0, remaining: 0 });
    expect(await there.take('another', 1, allowance)).toMatchObject({ granted: 1, remaining: 49 });
  });

  test('who asks for several is given those that are left, and nobody more than there are', async () => {
    const { limits: here } = await backend.fresh();
    const there = (await other())?.limits ?? here;
    const allowance = { points: 100, windowMs: MINUTE };
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? here : there).take('key', 7, allowance)),
    );
    expect(taken.reduce((sum, { granted }) => sum + granted, 0)).toBe(100);
    expect(taken.map(({ granted }) => granted).sort((a, b) => a - b)).toEqual([
      ...Array.from({ length: 5 }, () => 0),
      2,
      ...Array.from({ length: 14 }, () => 7),
    ]);
  });

  test('a window begins with its first point, says when it ends, and then all is there again', async () => {
    const { limits } = await backend.fresh();
    const allowance = { points: 1, windowMs: SHORTEST };
    const first = await limits.take('key', 1, allowance);
    expect(first).toMatchObject({ granted: 1, remaining: 0 });
    expect(first.resetMs).toBeGreaterThan(0);
    expect(first.resetMs).toBeLessThanOrEqual(SHORTEST);
    const second = await limits.take('key', 1, allowance);
    expect(second.granted).toBe(0);
    expect(second.resetMs).toBeLessThanOrEqual(first.resetMs);
    // Those who keep asking do not put the end off.
    await expect.poll(async () => (await limits.take('key', 1, allowance)).granted, { timeout: 5000 }).toBe(1);
  });

  test('a mark lasts as long as it was last made for, and is forgotten when asked', async () => {
    const { limits: here } = await backend.fresh();
    const there = (await other())?.limits ?? here;
    expect(await here.remembered('key')).toBe(0);
    await here.mark('key', SHORTEST);
    await here.mark('key', 20 * 86_400_000);
    expect(await there.remembered('key')).toBeGreaterThan(19 * 86_400_000);
    await there.forget('key');
    expect(await here.remembered('key')).toBe(0);
    await here.mark('key', SHORTEST);
    await expect.poll(() => there.remembered('key'), { timeout: 5000 }).toBe(0);
  });

  test('forgetting gives all points back', async () => {
    const { limits } = await backend.fresh();
    const allowance = { points: 2, windowMs: MINUTE };
    await limits.take('key', 2, allowance);
    await limits.forget('key');
    await limits.forget('nothing');
    expect(await limits.take('key', 2, allowance)).toMatchObject({ granted: 2, remaining: 0 });
  });
}
