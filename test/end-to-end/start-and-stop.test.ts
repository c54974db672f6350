import { expect, it } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { failedStart, startServer } from '../harness/server-process.ts';

it('says where everything is, and shows a demo that moves', async () => {
  const server = await startServer('--data-dir', ':memory:');
  const told = server.output();
  for (const place of ['/', '/graphql', '/session/demo', '/stream/demo', '/api/session/demo']) {
    expect(told).toContain(`${server.url}${place}`);
  }
  const stream = await readMultipart(server.port, '/stream/demo');
  const first = await stream.next();
  expect(await stream.next()).not.toBe(first);
});

it('ends its streams cleanly and exits 0 on SIGTERM', async () => {
  const server = await startServer('--data-dir', ':memory:', '--demo', 'off');
  await call(server.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE });
  const stream = await readMultipart(server.port, '/stream/s');
  await stream.next();
  const [exit, ended] = await Promise.all([server.kill('SIGTERM'), stream.ended]);
  expect([exit, ended]).toEqual([0, 'clean']);
});

it('names --port when the port is taken, in one line', async () => {
  const server = await startServer('--data-dir', ':memory:', '--demo', 'off');
  const { exit, output } = await failedStart(
    '--data-dir',
    ':memory:',
    '--log-level',
    'warn',
    '--port',
    String(server.port),
  );
  expect(exit).toBe(1);
  expect(output.trim().split('\n')).toEqual([expect.stringContaining('--port')]);
});

it('reports every mistake of the configuration at once, without a stack', async () => {
  const { exit, output } = await failedStart('--port', 'many', '--log-level', 'loud');
  expect(exit).toBe(1);
  expect(output).toMatch(/port.*many/s);
  expect(output).toMatch(/log-level.*loud/s);
  expect(output).not.toMatch(/^\s+at /m);
});
