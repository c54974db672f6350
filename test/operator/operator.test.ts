import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { call } from '../harness/api.ts';
import { startServer } from '../harness/server-process.ts';
import { command } from './command.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'operator-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const user = (args: readonly string[], input = '') => command(['user', ...args, '--data-dir', dataDir], { input });

// Each command is a process of its own.
const TIMEOUT_MS = 180_000;

it('makes, shows, locks out and removes accounts beside a running server that lets nobody sign up', {
  timeout: TIMEOUT_MS,
}, async () => {
  const server = await startServer('--data-dir', dataDir, '--signup', 'closed', '--demo', 'off');
  const login = (password: string) => call(server.url, 'POST', '/api/auth/login', { user_id: 'alice', password });
  const me = (token: string) =>
    call(server.url, 'GET', '/api/auth/me', undefined, { authorization: `Bearer ${token}` }).then(
      ({ status }) => status,
    );
  expect((await login('correct horse')).status).toBe(401);

  expect(await user(['add', 'alice'], 'correct horse\n')).toMatchObject({ exit: 0, errors: '' });
  const { body } = await login('correct horse');
  expect(await me(body.token)).toBe(200);
  const listed = await user(['list']);
  expect(listed.output).toMatch(/^alice\tuser\tenabled\t20\d\d-/);
  expect(listed.output).not.toContain('argon2');

  expect(await user(['role', 'alice', '--role', 'admin'])).toMatchObject({ exit: 0 });
  await expect.poll(() => me(body.token)).toBe(401);
  const asAdmin = await login('correct horse');
  expect(
    (await call(server.url, 'GET', '/api/auth/me', undefined, { authorization: `Bearer ${asAdmin.body.token}` })).body,
  ).toEqual({
    ...{ user_id: 'alice', role: 'admin' },
  });

  expect(await user(['passwd', 'alice'], 'another horse')).toMatchObject({ exit: 0 });
  await expect.poll(() => me(asAdmin.body.token)).toBe(401);
  expect((await login('correct horse')).status).toBe(401);
  const again = await login('another horse');
  expect(again.status).toBe(200);

  expect(await user(['disable', 'alice'])).toMatchObject({ exit: 0 });
  await expect.poll(() => me(again.body.token)).toBe(401);
  expect((await login('another horse')).status).toBe(401);
  expect((await user(['list'])).output).toContain('alice\tadmin\tdisabled');
  expect(await user(['enable', 'alice'])).toMatchObject({ exit: 0 });
  expect((await login('another horse')).status).toBe(200);

  expect(await user(['remove', 'alice'])).toMatchObject({ exit: 0 });
  expect((await login('another horse')).status).toBe(401);
  expect((await user(['list'])).output).toBe('');
});

it.each([
  [['add', 'alice'], 'short\n', '8'],
  [['passwd', 'nobody'], 'long enough', 'no user'],
  [['disable', 'nobody'], '', 'no user'],
  [['add', 'a/b'], 'long enough', '/'],
])('user %j says in one line what is wrong', async (args, input, words) => {
  if (args[0] !== 'add') expect(await user(['add', 'alice'], 'long enough')).toMatchObject({ exit: 0 });
  const { exit, output, errors } = await user(args, input);
  expect([exit, output]).toEqual([1, '']);
  expect(errors.trim().split('\n')).toEqual([expect.stringContaining(words)]);
});

it.each([
  ['user', 'list'],
  ['keys', 'rotate', '--now'],
])('%s %s makes no store where there is none: the server that was meant would know nothing of it', async (...args) => {
  const absent = join(dataDir, 'mistyped');
  const { exit, output, errors } = await command([...args, '--data-dir', absent]);
  expect([exit, output]).toEqual([1, '']);
  expect(errors).toContain(`There is no store in ${absent}`);
  expect(existsSync(absent)).toBe(false);
});

it.each([
  ['user', '--help'],
  ['keys', 'rotate', '--now', '--help'],
])('%s %s is explained instead of being done', async (...args) => {
  const { exit, output, errors } = await command(args);
  expect([exit, errors]).toEqual([0, '']);
  expect(output).toContain(`  ${args[0]} list`);
});
