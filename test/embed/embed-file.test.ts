import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WEB_BUILD } from '../../src/console/web-files.ts';
import { consoleServer } from '../console/console-server.ts';

const { encodings } = WEB_BUILD.embed;

test('embed.js is at most 3 KB in gzip, and every form of it is the same', () => {
  const plain = encodings.get('identity') ?? Buffer.alloc(0);
  const gzip = encodings.get('gzip') ?? Buffer.alloc(0);
  expect(plain.length).toBeGreaterThan(1000);
  expect(gzip.length).toBeLessThanOrEqual(3 * 1024);
  expect(gunzipSync(gzip).equals(plain)).toBe(true);
  expect(brotliDecompressSync(encodings.get('br') ?? '').equals(plain)).toBe(true);
});

test('embed.js needs nothing else, and is good as a module and as a classic script', () => {
  const text = String(encodings.get('identity'));
  expect(text).not.toMatch(/\b(?:import|export)\b/);
  expect(text).not.toMatch(/https?:\/\//);
  expect(() => new Function(text)).not.toThrow();
});

test('embed.js may be loaded by every page, and is asked for again by its ETag', async () => {
  const { get } = await consoleServer();
  const answer = await get('/embed.js', { origin: 'https://a.example', 'accept-encoding': 'gzip, br' });
  expect(answer).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'br',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      vary: expect.stringMatching(/Accept-Encoding/i),
    },
  });
  const etag = String(answer.headers.etag);
  const again = await get('/embed.js', { 'accept-encoding': 'gzip, br', 'if-none-match': etag });
  expect([again.status, again.body]).toEqual([304, '']);
  expect((await get('/embed.js', { 'if-none-match': etag })).status).toBe(200);
});
