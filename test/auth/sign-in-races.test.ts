import { expect, onTestFinished, test } from 'vitest';
import { createIdentity } from '../../src/auth/identity.ts';
import type { AccountChange } from '../../src/storage/account-store.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { ANONYMOUS } from '../harness/callers.ts';
import { silentLog } from '../harness/silent-log.ts';

const { client } = ANONYMOUS;

test.each<[string, AccountChange]>([
  ['another password', { passwordHash: 'another' }],
  ['another generation', { generation: 2 }],
  ['disabled', { disabled: true }],
])('a sign-in that comes too late for the list of those to end is undone: %s', async (_what, change) => {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  let meanwhile = async () => {};
  const signIns = {
    ...storage.signIns,
    // Whoever ends all of them has changed the account and seen the list, without this one.
    add: async (...args: Parameters<typeof storage.signIns.add>) => {
      await meanwhile();
      return storage.signIns.add(...args);
    },
  };
  const identity = createIdentity({
    storage: { ...storage, signIns },
    ...{ signUp: 'open', audit: () => {}, log: silentLog },
  });
  onTestFinished(async () => {
    identity.close();
    await storage.close();
  });
  const issue = () =>
    identity.signIns.issue({ userId: 'alice', password: 'correct horse', ttlSeconds: 900 }, client, {
      ...{ claims: 'good-password', refresh: true },
    });
  await issue();
  const uid = (await storage.accounts.find('alice'))?.uid ?? '';
  meanwhile = async () => {
    await storage.signIns.remove(
      uid,
      (await storage.signIns.list(uid)).map(({ sid }) => sid),
    );
    await storage.accounts.change('alice', { uid }, change);
  };
  await expect(issue()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await storage.signIns.list(uid)).toEqual([]);
});
