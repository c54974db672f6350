import { expect, test } from 'vitest';
import type { ApiKeyStore } from '../../src/storage/api-key-store.ts';
import type { Backend } from './backend.ts';
import { HOUR_MS, newApiKey } from './identity-records.ts';

const idsOf = async (apiKeys: ApiKeyStore, uid = 'u1') => (await apiKeys.list(uid)).map(({ keyId }) => keyId);

export function apiKeyStoreContract(backend: Backend) {
  /** The store's own time, as it stamps a record. */
  async function nowOf(apiKeys: ApiKeyStore) {
    await apiKeys.add(newApiKey('clock', { uid: 'clock' }), 1);
    return (await apiKeys.find('clock', 'clock'))?.createdAt ?? Number.NaN;
  }

  test('a key is found as it was added, by its account alone', async () => {
    const { apiKeys } = await backend.fresh();
    expect(await apiKeys.find('u1', 'k1')).toBeNull();
    const expiresAt = (await nowOf(apiKeys)) + HOUR_MS;
    const whole = newApiKey('k1', { userId: 'é{:}*', name: 'Ü "x"\u0000', pushOnly: ['alice/a:b', 'é'], expiresAt });
    expect(await apiKeys.add(whole, 5)).toBe(true);
    expect(await apiKeys.add(newApiKey('k2', { name: '', pushOnly: [] }), 5)).toBe(true);
    const found = await apiKeys.find('u1', 'k1');
    expect(found).toEqual({ ...whole, createdAt: found?.createdAt, lastUsedAt: null });
    expect(Math.abs((found?.createdAt ?? 0) + HOUR_MS - expiresAt)).toBeLessThan(60_000);
    const second = await apiKeys.find('u1', 'k2');
    expect(second).toMatchObject({ name: '', pushOnly: [], expiresAt: null });
    expect(await apiKeys.find('u2', 'k1')).toBeNull();
    expect(await apiKeys.list('u1')).toEqual([second, found]);
    expect(await apiKeys.list('u2')).toEqual([]);
  });

  test('an account has at most as many as it may, however many ask at once through two handles', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    const attempts = Array.from({ length: 20 }, (_, n) => (n % 2 ? here : there).apiKeys.add(newApiKey(`k${n}`), 7));
    const answers = await Promise.all(attempts);
    expect(answers.filter(Boolean)).toHaveLength(7);
    const added = answers.flatMap((done, n) => (done ? [`k${n}`] : []));
    expect((await idsOf(here.apiKeys)).sort()).toEqual(added.sort());
    expect(await here.apiKeys.add(newApiKey('x', { uid: 'u2' }), 7)).toBe(true);
    await there.apiKeys.remove('u1', added[0] ?? '');
    expect(await here.apiKeys.add(newApiKey('last'), 7)).toBe(true);
    expect((await idsOf(there.apiKeys))[0]).toBe('last');
  });

  test('use is noted with the time, and makes no key where there is none', async () => {
    const { apiKeys } = await backend.fresh();
    await apiKeys.add(newApiKey('k1'), 5);
    await backend.later(5);
    await apiKeys.used('u1', 'k1');
    const found = await apiKeys.find('u1', 'k1');
    expect(found?.lastUsedAt).toBeGreaterThanOrEqual((found?.createdAt ?? Number.NaN) + 5);
    expect(found).toMatchObject({ ...newApiKey('k1') });
    await apiKeys.used('u1', 'k2');
    await apiKeys.used('u2', 'k1');
    expect(await apiKeys.find('u1', 'k2')).toBeNull();
    expect([await idsOf(apiKeys), await idsOf(apiKeys, 'u2')]).toEqual([['k1'], []]);
  });

  test('a removed key is gone, one or all of an account', async () => {
    const { apiKeys } = await backend.fresh();
    await Promise.all(['a', 'c', 'b'].map((keyId) => apiKeys.add(newApiKey(keyId), 5)));
    await apiKeys.add(newApiKey('a', { uid: 'u2' }), 5);
    expect(await apiKeys.remove('u1', 'a')).toBe(true);
    expect(await apiKeys.remove('u1', 'a')).toBe(false);
    expect([await idsOf(apiKeys), await idsOf(apiKeys, 'u2')]).toEqual([['b', 'c'], ['a']]);
    await apiKeys.removeAll('u1');
    await apiKeys.removeAll('nobody');
    expect(await apiKeys.find('u1', 'b')).toBeNull();
    expect([await idsOf(apiKeys), await idsOf(apiKeys, 'u2')]).toEqual([[], ['a']]);
  });

  test('an expired key is absent and makes room, the others stay, though it was added last', async () => {
    const { apiKeys } = await backend.fresh();
    const now = await nowOf(apiKeys);
    expect(await apiKeys.add(newApiKey('late', { expiresAt: now - 1 }), 2)).toBe(true);
    expect(await apiKeys.find('u1', 'late')).toBeNull();
    await apiKeys.add(newApiKey('before', { expiresAt: now + 300 }), 3);
    await apiKeys.add(newApiKey('ever'), 3);
    await apiKeys.add(newApiKey('brief', { expiresAt: now + 300 }), 3);
    await backend.later(301);
    expect(await apiKeys.find('u1', 'brief')).toBeNull();
    expect(await idsOf(apiKeys)).toEqual(['ever']);
    expect(await apiKeys.remove('u1', 'brief')).toBe(false);
    await apiKeys.used('u1', 'brief');
    expect(await apiKeys.find('u1', 'brief')).toBeNull();
    expect(await apiKeys.add(newApiKey('next', { expiresAt: now + HOUR_MS }), 2)).toBe(true);
    expect(await apiKeys.add(newApiKey('more'), 2)).toBe(false);
    expect(await idsOf(apiKeys)).toEqual(['next', 'ever']);
  });
}
