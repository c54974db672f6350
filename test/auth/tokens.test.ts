import { SignJWT } from 'jose';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createRevocations } from '../../src/auth/revocations.ts';
import { createSigningKeys } from '../../src/auth/signing-keys.ts';
import { createTokens } from '../../src/auth/tokens.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { ANONYMOUS, grantOf } from '../harness/callers.ts';
import { silentLog } from '../harness/silent-log.ts';

const { client } = ANONYMOUS;
const refused = { code: 'UNAUTHENTICATED' };

async function setup() {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  const revocations = createRevocations(storage.denials, silentLog);
  const reasons: unknown[] = [];
  const keys = createSigningKeys({ store: storage.keys, log: silentLog });
  const tokens = createTokens(keys, revocations, ({ reason }) => void reasons.push(reason));
  const { kid, privateKey: key } = await keys.signer();
  /** Our own key, whatever stands in header and claims. */
  function make(claims: object = {}, header: object = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const good = { sub: 'alice', uid: 'u', gen: 1, sid: 's', role: 'user', jti: 'j', iss: 'realtime-svg' };
    return new SignJWT({ ...good, iat: now, exp: now + 600, ...claims })
      .setProtectedHeader({ alg: 'RS256', ...header })
      .sign(key);
  }
  return {
    storage,
    keys,
    revocations,
    tokens,
    make,
    reasons,
    kid,
    verify: (token: string) => tokens.verify(token, client),
  };
}

let world: Awaited<ReturnType<typeof setup>>;
beforeAll(async () => {
  world = await setup();
  return async () => {
    world.keys.close();
    world.revocations.close();
    await world.storage.close();
  };
});

const seconds = () => Math.floor(Date.now() / 1000);

test('a token of a server whose clock is a minute fast is good, of one further ahead it is not', async () => {
  const { make, verify } = world;
  expect(await verify(await make({ iat: seconds() + 58 }))).toMatchObject({ userId: 'alice' });
  await expect(verify(await make({ iat: seconds() + 65 }))).rejects.toMatchObject(refused);
});

test('no token is good after its end, for clocks have no tolerance there', async () => {
  const { make, verify, reasons } = world;
  expect(await verify(await make({ iat: seconds() - 600, exp: seconds() + 2 }))).toMatchObject({ userId: 'alice' });
  await expect(verify(await make({ exp: seconds() - 1 }))).rejects.toMatchObject(refused);
  expect(reasons.at(-1)).toBe('expired');
});

test('a remembered token is refused when it expires', async () => {
  const { make, verify } = world;
  const token = await make({ exp: seconds() + 1 });
  expect(await verify(token)).toMatchObject({ userId: 'alice' });
  await expect.poll(() => verify(token).catch(({ message }) => message), { timeout: 4000 }).toContain('expired');
});

test('a token that lives longer than any of ours is refused, for denials end before it', async () => {
  const { make, verify, reasons } = world;
  expect(await verify(await make({ exp: seconds() + 86_400 }))).toMatchObject({ userId: 'alice' });
  await expect(verify(await make({ iat: seconds() - 10, exp: seconds() + 86_400 }))).rejects.toMatchObject(refused);
  expect(reasons.at(-1)).toBe('claims');
});

test('a kid is compared with ours and never used to find a key', async () => {
  const { make, verify, reasons, kid } = world;
  expect(await verify(await make({}, { kid }))).toMatchObject({ userId: 'alice' });
  for (const wrong of ['../../etc/passwd', '/dev/null', "' OR 1=1", 'k'.repeat(4000), '', kid.toLowerCase()]) {
    await expect(verify(await make({}, { kid: wrong }))).rejects.toMatchObject(refused);
    expect(reasons.at(-1)).toBe('key');
  }
  for (const header of [{ jku: 'https://evil.example/jwks.json' }, { x5u: 'file:///etc/passwd' }]) {
    expect(await verify(await make({}, header))).toMatchObject({ userId: 'alice' });
  }
});

test('a token that is longer than any of ours is not read, and the longest of ours is', async () => {
  const { make, verify, reasons, tokens } = world;
  await expect(verify(await make({ more: 'x'.repeat(8000) }))).rejects.toMatchObject(refused);
  expect(reasons.at(-1)).toBe('length');
  const longest = { ...grantOf('😀'.repeat(128)), pushOnly: ['x'.repeat(4000)] };
  const { token } = await tokens.issue(longest, 60);
  expect(await verify(token)).toMatchObject({ pushOnly: longest.pushOnly });
});

test('before the deny list was ever read no token is good, nor called bad', async () => {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  const { token } = await world.tokens.issue(grantOf('alice'), 60);
  await storage.close();
  const revocations = createRevocations(storage.denials, silentLog);
  onTestFinished(revocations.close);
  const tokens = createTokens(world.keys, revocations, () => {});
  await expect(tokens.verify(token, client)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(revocations.ageMs()).toBeNull();
  expect(() => revocations.assertRecent()).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
});
