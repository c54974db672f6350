import { expect, test } from 'vitest';
import type { Backend } from './backend.ts';

export function linkKeyStoreContract(backend: Backend) {
  test('of many secrets offered at once, through two handles, one stands, beside the signing key', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    await here.keys.offer('{"signing":"key"}');
    const offers = Array.from({ length: 30 }, (_, n) => (n % 2 ? here : there).linkKey.offer(`secret ${n}`));
    const [standing, ...others] = new Set(await Promise.all(offers));
    expect(others).toEqual([]);
    expect(standing).toMatch(/^secret \d+$/);
    expect(await there.linkKey.offer('late')).toBe(standing);
    expect(await here.keys.read()).toBe('{"signing":"key"}');
  });
}
