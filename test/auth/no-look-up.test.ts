import { expect, onTestFinished, test } from 'vitest';
import { createEntrance } from '../../src/auth/entrance.ts';
import { createIdentity } from '../../src/auth/identity.ts';
import { hashSecret, makeOpaqueToken, newOpaqueId, newSecret } from '../../src/auth/opaque-token.ts';
import { createPasswords } from '../../src/auth/passwords.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { ANONYMOUS } from '../harness/callers.ts';
import { silentLog } from '../harness/silent-log.ts';
import { counted } from './counted.ts';

const { client } = ANONYMOUS;
const audit = () => {};

async function setup() {
  const embedded = await openEmbeddedStorage({ dataDir: ':memory:' });
  const calls: string[] = [];
  const storage = {
    accounts: counted('accounts', embedded.accounts, calls),
    signIns: counted('signIns', embedded.signIns, calls),
    apiKeys: counted('apiKeys', embedded.apiKeys, calls),
    denials: counted('denials', embedded.denials, calls),
    keys: counted('keys', embedded.keys, calls),
    sessions: counted('sessions', embedded.sessions, calls),
  };
  const identity = createIdentity({ storage, signUp: 'open', audit, log: silentLog });
  onTestFinished(async () => {
    identity.close();
    await embedded.close();
  });
  /** What the store was asked meanwhile, but for the number of the deny list, which is asked each second anyway. */
  async function callsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = calls.length;
    await work();
    return calls.slice(before).filter((call) => call !== 'denials.sequence');
  }
  return { ...identity, storage, calls, callsOf };
}

test('to verify an access token, remembered or new, asks no store, nor does a revoked one', async () => {
  const { signIns, authenticate, callsOf } = await setup();
  const credentials = { userId: 'alice', password: 'correct horse', ttlSeconds: 900 };
  const issue = () => signIns.issue(credentials, client, { claims: 'good-password', refresh: true });
  const [first, second] = [await issue(), await issue()];
  const verify = (token: string) => authenticate(`Bearer ${token}`, client);
  const { user } = await verify(first.token);
  expect(await callsOf(() => verify(first.token))).toEqual([]);
  expect(await callsOf(() => verify(second.token))).toEqual([]);
  expect(await callsOf(() => verify('nonsense').catch(() => {}))).toEqual([]);
  expect(await callsOf(() => signIns.signOut({ user, client }, { everywhere: false }))).toContain('denials.deny');
  expect(await callsOf(() => expect(verify(first.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' }))).toEqual(
    [],
  );
});

test('an API key is looked up once, then remembered', async () => {
  const { signIns, authenticate, apiKeys, callsOf } = await setup();
  const credentials = { userId: 'alice', password: 'correct horse', ttlSeconds: 900 };
  const { token } = await signIns.issue(credentials, client, { claims: 'good-password', refresh: false });
  const caller = await authenticate(`Bearer ${token}`, client);
  const { secret } = await apiKeys.create(caller, { name: 'k', scopes: null, expiresAt: null });
  const use = () => authenticate(`Bearer ${secret}`, client);
  expect(await callsOf(use)).toEqual(['apiKeys.find', 'accounts.find', 'apiKeys.used']);
  expect(await callsOf(use)).toEqual([]);
});

test('a wrong key and an unknown one are the same work, one that is none is no work of the store', async () => {
  const { authenticate, storage, callsOf } = await setup();
  const uid = newOpaqueId();
  const id = newOpaqueId();
  const key = { keyId: id, uid, userId: 'alice', name: 'k', pushOnly: null, expiresAt: null };
  await storage.apiKeys.add({ ...key, secretHash: hashSecret('another') }, 10);
  const use = (token: string) => callsOf(() => expect(authenticate(`Bearer ${token}`, client)).rejects.toThrow());
  const make = (keyId: string) => makeOpaqueToken('API key', { uid, id: keyId, secrets: [newSecret()] });
  expect(await use(make(id))).toEqual(['apiKeys.find']);
  expect(await use(make(newOpaqueId()))).toEqual(['apiKeys.find']);
  expect(await use(make(id).slice(0, -1))).toEqual([]);
});

test('a wrong password and an unknown user are the same work', async () => {
  const embedded = await openEmbeddedStorage({ dataDir: ':memory:' });
  onTestFinished(() => embedded.close());
  const calls: string[] = [];
  const entrance = createEntrance({
    accounts: counted('accounts', embedded.accounts, calls),
    passwords: counted('passwords', createPasswords(), calls),
    ...{ signUp: 'closed', audit },
  });
  await embedded.accounts.claim('alice', { uid: newOpaqueId(), passwordHash: await hashOf('right'), role: 'user' });
  async function work(userId: string) {
    calls.length = 0;
    const refused = await entrance.enter({ userId, password: 'wrong' }, client, 'any-password').catch((error) => error);
    return [refused.code, refused.message, ...calls];
  }
  const known = await work('alice');
  expect(known).toEqual(['UNAUTHENTICATED', expect.any(String), 'accounts.find', 'passwords.verify']);
  expect(await work('nobody')).toEqual(known);
});

function hashOf(password: string): Promise<string> {
  return createPasswords().hash(password);
}
