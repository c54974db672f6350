import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';

/** No file that it writes may be larger than 512,000 bytes, so the store is soon as full as on a full disk. */
const LIMITED = 'ulimit -f 1000 && exec "$0" --import tsx "$@"';

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'embedded-full-disk-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('on a full disk writes are UNAVAILABLE, the process lives, and goes on when there is room', async () => {
  const script = fileURLToPath(new URL('embedded-full-disk.ts', import.meta.url));
  const { stdout } = await promisify(execFile)('sh', ['-c', LIMITED, process.execPath, script, folder()]);
  const { answered, ...outcome } = JSON.parse(stdout);
  expect(answered).toBeGreaterThan(2);
  expect(outcome).toEqual({ refusals: Array(5).fill('UNAVAILABLE'), listed: answered, again: true });
});

test('a server whose disk fills up answers 503, shows what it had, and goes on once something is deleted', async () => {
  const args = ['src/main.ts', '--port', '0', '--demo', 'off', '--data-dir', folder()];
  const child = spawn('sh', ['-c', LIMITED, process.execPath, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let printed = '';
  while (!/Address +(\S+)\/\n/.test(printed)) printed += (await once(child.stdout, 'data'))[0];
  const [, url = ''] = /Address +(\S+)\/\n/.exec(printed) ?? [];
  const { token } = (await call(url, 'POST', '/api/auth/token', { user_id: 'alice', password: 'correct horse' })).body;
  const alice = { authorization: `Bearer ${token}` };
  const path = '/api/user/alice/session';
  const create = (name: string) => {
    const args = { n: name, pad: 'x'.repeat(30_000) };
    return call(url, 'POST', path, { session_id: name, template: TEXT_TEMPLATE, args }, alice);
  };

  let made = 0;
  let refused = await create('s0');
  for (; refused.status === 201; refused = await create(`s${made}`)) made += 1;
  expect(made).toBeGreaterThan(2);
  expect([refused.status, refused.body]).toMatchObject([
    503,
    { code: 'UNAVAILABLE', error: expect.stringContaining('disk') },
  ]);
  // Replacing needs room too: new pages are written before old ones are free.
  const before = (await call(url, 'GET', '/snapshot/alice/s0')).text;
  const push = await call(url, 'PUT', `${path}/s0`, { args: { n: 'new', pad: 'y'.repeat(200_000) } }, alice);
  expect([push.status, push.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect((await call(url, 'GET', '/snapshot/alice/s0')).text).toBe(before);
  expect((await call(url, 'GET', path, undefined, alice)).body.items).toHaveLength(made);
  expect((await call(url, 'GET', '/ready')).status).toBe(200);

  for (const name of ['s0', 's1', 's2']) {
    expect((await call(url, 'DELETE', `${path}/${name}`, undefined, alice)).status).toBe(204);
  }
  expect((await create('again')).status).toBe(201);
});
