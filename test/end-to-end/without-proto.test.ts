import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';

const fileOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What an expression is in a running server, asked through its inspector. */
async function inServer(flags: readonly string[], expression: string): Promise<unknown> {
  const args = [...flags, '--inspect=127.0.0.1:0', '--import', 'tsx', 'src/main.ts'];
  const child = spawn(process.execPath, [...args, '--port', '0', '--data-dir', ':memory:', '--demo', 'off']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const inspector = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk;
      const found = /Debugger listening on (ws:\S+)/.exec(output)?.[1];
      if (found !== undefined && output.includes('Address')) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
  const socket = new WebSocket(inspector);
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('message', (data) => resolve(JSON.parse(data.toString()).result.result.value));
    socket.once('open', () => {
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }));
    });
  });
}

test.each([
  ['with the flag', ['--disable-proto=delete']],
  ['by who forgot the flag', []],
])('a server started %s has no __proto__', async (_, flags) => {
  expect(await inServer(flags, '"__proto__" in {}')).toBe(false);
});

test('npm start and the image pass the flag', () => {
  expect(JSON.parse(fileOf('package.json')).scripts.start).toBe('node --disable-proto=delete scripts/start.mjs');
  expect(fileOf('Dockerfile')).toContain('CMD ["node", "--disable-proto=delete", "dist/main.js"]');
});
