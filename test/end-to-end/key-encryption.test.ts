import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../src/storage/open-storage.ts';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { silentLog } from '../harness/silent-log.ts';
import { command } from '../operator/command.ts';

const secrets = { one: randomBytes(32), two: randomBytes(32) };
const written = { one: secrets.one.toString('base64'), two: secrets.two.toString('hex') };

function setup() {
  const dataDir = mkdtempSync(join(tmpdir(), 'encryption-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));

  /** While `work` is done with it a server runs, with these secrets. */
  async function serve<T>(current: Uint8Array | null, work: (app: RunningApp) => Promise<T>, previous?: Uint8Array) {
    const keys = { keyEncryptionKey: current, keyEncryptionKeyPrevious: previous ?? null };
    const app = await runApp({ dataDir, ...keys });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  }
  async function record(): Promise<{ text: string; keys: { kid: string; privateHalf: { text: string } }[] }> {
    const storage = await openStorage({ redisUrl: null, dataDir, log: silentLog });
    const text = (await storage.keys.read()) ?? '';
    await storage.close();
    return { text, keys: JSON.parse(text).keys };
  }
  const keys = (args: readonly string[], env: Record<string, string>) =>
    command(['keys', ...args, '--data-dir', dataDir], { env });
  return { serve, record, keys };
}

const signIn = async ({ url }: RunningApp) =>
  (await call(url, 'POST', '/api/auth/token', { user_id: 'alice', password: 'correct horse' })).body.token;
const me = async ({ url }: RunningApp, token: string) =>
  (await call(url, 'GET', '/api/auth/me', undefined, { authorization: `Bearer ${token}` })).status;

test('a server with KEY_ENCRYPTION_KEY encrypts the keys that stand there, and its tokens stay good', async () => {
  const { serve, record } = setup();
  const token = await serve(null, signIn);
  const plain = await record();
  const { d } = JSON.parse(plain.keys[0]?.privateHalf.text ?? '');
  expect(d).toMatch(/^[\w-]{300,}$/);

  const log = await serve(secrets.one, async (app) => {
    await expect.poll(async () => (await record()).text).not.toContain('"d\\');
    expect(await me(app, token)).toBe(200);
    expect(await me(app, await signIn(app))).toBe(200);
    return app.log.join();
  });
  const sealed = await record();
  expect(sealed.text).not.toContain(d);
  expect(sealed.keys).toMatchObject([{ kid: plain.keys[0]?.kid, privateHalf: { encryptedBy: expect.any(String) } }]);
  for (const secret of [d, ...Object.values(written), secrets.one.toString('hex')]) expect(log).not.toContain(secret);
  await serve(secrets.one, async (app) => expect(await me(app, await signIn(app))).toBe(200));
  expect((await record()).text).toBe(sealed.text);
});

test('what is encrypted anew is the same key with another nonce', async () => {
  const { serve, record } = setup();
  await serve(secrets.one, signIn);
  const first = await record();
  await serve(secrets.two, signIn, secrets.one);
  await serve(secrets.one, signIn, secrets.two);
  const again = await record();
  const nonce = ({ keys: [key] }: typeof first) => key?.privateHalf.text.slice(0, 16);
  expect(again.keys[0]?.kid).toBe(first.keys[0]?.kid);
  expect(nonce(again)).not.toBe(nonce(first));
});

test('without the right key nothing starts: one line names the mend, and no secret', async () => {
  const { serve, record, keys } = setup();
  await serve(secrets.one, signIn);
  const [, id] = /"encryptedBy":"(\w+)"/.exec((await record()).text) ?? [];
  for (const secret of [null, secrets.two]) {
    const refusal = await serve(secret, async () => null).catch((error: Error) => error);
    expect(refusal).toMatchObject({ message: expect.stringContaining(`the id ${id}`) });
    expect(refusal).toMatchObject({ message: expect.stringContaining('KEY_ENCRYPTION_KEY') });
  }
  for (const args of [['rotate'], ['rotate', '--now']]) {
    const { exit, output, errors } = await keys(args, {});
    expect([exit, output]).toEqual([1, '']);
    expect(errors.trim().split('\n')).toEqual([expect.stringContaining('KEY_ENCRYPTION_KEY is not set')]);
  }
  const wrong = await keys(['rotate'], { KEY_ENCRYPTION_KEY: written.two });
  expect(wrong).toMatchObject({ exit: 1, errors: expect.stringContaining('KEY_ENCRYPTION_KEY_PREVIOUS') });
  expect(wrong.errors).not.toContain(written.two);
  const started = await command(['--port', '0', '--data-dir', ':memory:'], { env: { KEY_ENCRYPTION_KEY: 'x' } });
  expect(started).toMatchObject({ exit: 1, errors: expect.stringContaining('KEY_ENCRYPTION_KEY is not understood') });
});

test('the key is replaced by naming the old one once, beside a server that only knows the old one', async () => {
  const { serve, keys } = setup();
  await serve(secrets.one, async (before) => {
    const token = await signIn(before);
    await serve(secrets.two, async (after) => expect(await me(after, token)).toBe(200), secrets.one);
    // It reads the record anew, and goes on with what it had opened.
    expect((await call(before.url, 'GET', '/.well-known/jwks.json')).body.keys).toHaveLength(1);
    expect(await me(before, await signIn(before))).toBe(200);
    await serve(secrets.two, async (later) => expect(await me(later, token)).toBe(200));
  });
  const rotated = await keys(['rotate'], { KEY_ENCRYPTION_KEY: written.two });
  expect(rotated).toMatchObject({ exit: 0, errors: '' });
  expect((await keys(['list'], {})).output).not.toContain('not encrypted');
});

test('a key that is lost is replaced by another one with "keys rotate --now"', async () => {
  const { serve, keys } = setup();
  const token = await serve(secrets.one, signIn);
  expect(await keys(['rotate', '--now'], { KEY_ENCRYPTION_KEY: written.two })).toMatchObject({ exit: 0, errors: '' });
  await serve(secrets.two, async (app) => {
    expect(await me(app, token)).toBe(401);
    expect(await me(app, await signIn(app))).toBe(200);
  });
});
