import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { startServer } from '../harness/server-process.ts';

it('keeps session, user and signing key when the server is killed right after a 201', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'realtime-svg-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const credentials = { user_id: 'alice', password: 'correct horse' };

  const first = await startServer('--data-dir', folder, '--demo', 'off');
  const { token } = (await call(first.url, 'POST', '/api/auth/token', credentials)).body;
  const owner = { authorization: `Bearer ${token}` };
  const jwks = (await call(first.url, 'GET', '/.well-known/jwks.json')).body;
  const session = { session_id: 'kept', template: TEXT_TEMPLATE, args: { n: 42 } };
  expect((await call(first.url, 'POST', '/api/user/alice/session', session, owner)).status).toBe(201);
  expect(await first.kill('SIGKILL')).toBe('SIGKILL');

  const second = await startServer('--data-dir', folder, '--demo', 'off');
  expect((await call(second.url, 'GET', '/.well-known/jwks.json')).body).toEqual(jwks);
  const kept = await call(second.url, 'GET', '/api/user/alice/session/kept', undefined, owner);
  expect([kept.status, kept.body]).toEqual([200, session]);
  expect((await call(second.url, 'GET', '/snapshot/alice/kept')).text).toContain('>42<');
  const stranger = { ...credentials, password: 'a guess' };
  expect((await call(second.url, 'POST', '/api/auth/token', stranger)).status).toBe(401);
  expect((await call(second.url, 'POST', '/api/auth/token', credentials)).status).toBe(200);
});
