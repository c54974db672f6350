import { expect, onTestFinished, test } from 'vitest';
import { createIdentity } from '../../src/auth/identity.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { ANONYMOUS } from '../harness/callers.ts';
import { silentLog } from '../harness/silent-log.ts';

const { client } = ANONYMOUS;
const refused = { code: 'UNAUTHENTICATED' };

async function setup() {
  let lead = 0;
  const storage = await openEmbeddedStorage({ dataDir: ':memory:', clock: () => Date.now() + lead });
  const events: string[] = [];
  const audit = ({ event }: { readonly event: string }) => void events.push(event);
  const identity = createIdentity({ storage, signUp: 'open', audit, log: silentLog });
  onTestFinished(async () => {
    identity.close();
    await storage.close();
  });
  const { signIns, authenticate } = identity;
  const credentials = { userId: 'alice', password: 'correct horse', ttlSeconds: 900 };
  return {
    events,
    later: (ms: number) => {
      lead += ms;
    },
    issue: () => signIns.issue(credentials, client, { claims: 'good-password', refresh: true }),
    refresh: (token: string | null) => signIns.refresh(token ?? '', client),
    verify: (token: string) => authenticate(`Bearer ${token}`, client),
  };
}

test('a refresh token used again within ten seconds is answered the same pair, also when that one was used', async () => {
  const { issue, refresh, later, events } = await setup();
  const first = await issue();
  const second = await refresh(first.refreshToken);
  const third = await refresh(second.refreshToken);
  later(9000);
  expect(await refresh(first.refreshToken)).toEqual(second);
  expect(await refresh(second.refreshToken)).toEqual(third);
  expect(events.filter((event) => event === 'token.rotated')).toHaveLength(2);
});

test('used again later it ends its whole sign-in, and no other', async () => {
  const { issue, refresh, later, verify, events } = await setup();
  const [first, other] = [await issue(), await issue()];
  const second = await refresh(first.refreshToken);
  later(10_001);
  await expect(refresh(first.refreshToken)).rejects.toMatchObject(refused);
  expect(events).toContain('token.reused');
  for (const { token } of [first, second]) await expect(verify(token)).rejects.toMatchObject(refused);
  await expect(refresh(second.refreshToken)).rejects.toMatchObject(refused);
  expect((await verify(other.token)).user?.userId).toBe('alice');
  expect(await refresh(other.refreshToken)).toMatchObject({ userId: 'alice' });
});

test('a refresh token lives seven days, and each use begins them anew', async () => {
  const { issue, refresh, later } = await setup();
  const day = 86_400_000;
  const unused = await issue();
  let used = await issue();
  later(6 * day);
  used = await refresh(used.refreshToken);
  later(6 * day);
  await expect(refresh(unused.refreshToken)).rejects.toMatchObject(refused);
  expect(await refresh(used.refreshToken)).toMatchObject({ userId: 'alice', refreshExpiresInSeconds: 604_800 });
});
