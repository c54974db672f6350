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

test('a refresh that comes in the midst of signing out with the same token is refused, and is no theft', async () => {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  let meanwhile = async () => {};
  const denials = {
    ...storage.denials,
    // Signing out has used the token up by now, and removes the sign-in afterwards.
    deny: async (...args: Parameters<typeof storage.denials.deny>) => {
      await meanwhile();
      return storage.denials.deny(...args);
    },
  };
  const events: string[] = [];
  const identity = createIdentity({
    storage: { ...storage, denials },
    ...{ signUp: 'open', audit: ({ event }) => events.push(event), log: silentLog },
  });
  onTestFinished(async () => {
    identity.close();
    await storage.close();
  });
  const { refreshToken } = await identity.signIns.register({ userId: 'alice', password: 'correct horse' }, client);
  const token = refreshToken ?? '';
  let refreshed: Promise<unknown> = Promise.resolve('never came');
  meanwhile = async () => {
    refreshed = identity.signIns.refresh(token, client).catch((error: unknown) => error);
    await refreshed;
  };
  expect(await identity.signIns.signOut(ANONYMOUS, { refreshToken: token, everywhere: false })).toBe(true);
  expect(await refreshed).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(events).toEqual(['account.claimed', 'token.issued', 'token.refused', 'sign-out']);
});
