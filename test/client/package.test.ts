import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { type Unpacked, unpackedPackage } from './unpacked.ts';

let unpacked: Unpacked;
beforeAll(async () => {
  unpacked = await unpackedPackage();
}, 600_000);
afterAll(() => unpacked?.dispose());

test('a package holds one build, the schema and what a reader needs, and no sources, tests or secrets', () => {
  const { files } = unpacked;
  for (const name of ['LICENSE', 'README.md', 'package.json', 'schema.graphql']) expect(files).toContain(name);
  for (const name of ['dist/main.js', 'dist/client.js', 'dist/client.d.ts']) expect(files).toContain(name);
  const [, hash] =
    /'\.\/(\w+)\/client\/client\.js'/.exec(unpacked.read('node_modules/realtime-svg/dist/client.js')) ?? [];
  for (const name of ['main.js', 'client/client.js', 'client/client.d.ts', 'console/web/manifest.json']) {
    expect(files).toContain(`dist/${hash}/${name}`);
  }
  const others = files.filter((path) => !path.startsWith(`dist/${hash}/`));
  expect(others.sort()).toEqual([
    'LICENSE',
    'README.ko.md',
    'README.md',
    'dist/client.d.ts',
    'dist/client.js',
    'dist/main.js',
    'package.json',
    'schema.graphql',
  ]);
  expect(
    files.filter((path) => /(?<!\.d)\.tsx?$|\.map$|\.env|\.pem$|\.mdb|\.graphql$|\.test\.|^test\/|^src\//.test(path)),
  ).toEqual(['schema.graphql']);
});

test('the client is typed, wherever it is imported from, and misuse is found', async () => {
  unpacked.write(
    'typed.ts',
    `import { createClient, RequestError, type Frame } from 'realtime-svg/client';
    const client = createClient({ url: 'http://127.0.0.1:1', token: async () => null });
    export async function last(id: string): Promise<Frame | null> {
      const { version }: { version: number } = await client.push(id, { n: 1 }, { ifVersion: 2 });
      for await (const frame of client.watch(id, { signal: AbortSignal.timeout(version) })) return frame;
      return null;
    }
    export const isGone = (error: unknown) => error instanceof RequestError && error.code === 'NOT_FOUND';
    // @ts-expect-error: a template is needed
    void client.createSession({ name: 'x' });
    // @ts-expect-error: no such code
    export const isOdd = (error: RequestError) => error.code === 'ODD';
    `,
  );
  const tsc = `${unpacked.package}/node_modules/typescript/lib/tsc.js`;
  const strict = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], types: [] };
  for (const module of [{ module: 'nodenext' }, { module: 'esnext', moduleResolution: 'bundler' }]) {
    unpacked.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...strict, ...module }, files: ['typed.ts'] }));
    expect(await unpacked.node(tsc, '-p', '.')).toMatchObject({ code: 0, stdout: '' });
  }
});

test('the packed server starts, and the packed example watches and pushes its demo', async () => {
  const main = `${unpacked.package}/dist/main.js`;
  const start = ['--disable-proto=delete', main, '--port', '0', '--data-dir', ':memory:', '--demo', 'on'];
  const server = spawn(process.execPath, start, { cwd: unpacked.folder });
  onTestFinished(() => void server.kill('SIGKILL'));
  let url = '';
  for await (const line of createInterface({ input: server.stdout })) {
    url = /Address +(http:\/\/[^/]+)/.exec(line)?.[1] ?? url;
    if (url !== '') break;
  }
  const example = new URL('../../examples/client/watch.mjs', import.meta.url);
  unpacked.write('watch.mjs', readFileSync(example, 'utf8'));
  const watcher = spawn(process.execPath, ['watch.mjs', url, 'demo'], { cwd: unpacked.folder });
  onTestFinished(() => void watcher.kill('SIGKILL'));
  watcher.stdin.write('message=Hello\n');
  const wanted = [/^version \d+: \d+ characters$/, /^pushed version \d+$/];
  for await (const line of createInterface({ input: watcher.stdout })) {
    const at = wanted.findIndex((pattern) => pattern.test(line));
    if (at !== -1) wanted.splice(at, 1);
    if (wanted.length === 0) break;
  }
  expect(wanted).toEqual([]);
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});

/** The example's page and the packed module, as any server of files would serve them. */
async function serveExample(): Promise<string> {
  const [, built = ''] = /'\.(.+)'/.exec(unpacked.read('node_modules/realtime-svg/dist/client.js')) ?? [];
  const page = readFileSync(new URL('../../examples/client/index.html', import.meta.url), 'utf8');
  const module = unpacked.read(`node_modules/realtime-svg/dist${built}`);
  const server = createServer(({ url }, response) => {
    const isModule = url === '/client.js';
    response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html').end(isModule ? module : page);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

test.skipIf(!chromiumAvailable)('the example page shows two live pictures over one WebSocket in Chromium', async () => {
  const app = await appForTest({ demo: true });
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  let sockets = 0;
  page.on('websocket', () => {
    sockets += 1;
  });
  await page.goto(`${await serveExample()}?server=${app.url}`);
  const shown = () =>
    page.$$eval('img', (images) =>
      images.map(({ src, dataset }) => [decodeURIComponent(src), Number(dataset.version)]),
    );
  const versions = async () => (await shown()).map(([, version]) => version as number);
  await expect.poll(async () => Math.min(...(await versions()))).toBeGreaterThan(0);
  const [before = 0] = await versions();
  await page.fill('input', 'Typed on the page');
  await page.click('button');
  await expect.poll(async () => Math.min(...(await versions()))).toBeGreaterThan(before);
  await expect.poll(async () => (await shown()).every(([svg]) => String(svg).includes('Typed on the page'))).toBe(true);
  expect(await page.textContent('#state')).toBe('live');
  expect(sockets).toBe(1);
});
