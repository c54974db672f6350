import { expect, it } from 'vitest';
import type { Config } from '../../src/config/settings.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { rawRequest } from '../harness/multipart-reader.ts';
import { openRaw } from '../harness/raw-connection.ts';

const QUERY = encodeURIComponent('{ session(id: "s") { streamUrl } }');

/** How links begin for a client that sends these headers. */
async function linkBase(trustProxy: Config['trustProxy'], headers: Record<string, string>): Promise<string> {
  const app = await appForTest({ trustProxy });
  await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE });
  const { body } = await call(app.url, 'GET', `/graphql?query=${QUERY}`, undefined, headers);
  return body.data.session.streamUrl.replace('/stream/s', '').replace(`:${app.port}`, '');
}

const ONE = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'pictures.example', 'x-forwarded-for': '203.0.113.9' };
const INVENTED = {
  'x-forwarded-proto': 'http, https',
  'x-forwarded-host': 'evil.example, pictures.example',
  'x-forwarded-for': '198.51.100.7, 203.0.113.9',
};
const TWO = {
  'x-forwarded-proto': 'https, http',
  'x-forwarded-host': 'pictures.example, inner',
  'x-forwarded-for': '203.0.113.9, 10.1.2.3',
};

it.each<[string, Config['trustProxy'], Record<string, string>, string]>([
  ['nobody, by default', false, ONE, 'http://127.0.0.1'],
  ['no proxy', 0, ONE, 'http://127.0.0.1'],
  ['one proxy', 1, ONE, 'https://pictures.example'],
  ['one proxy, not what the client invented before it', 1, INVENTED, 'https://pictures.example'],
  ['two proxies', 2, TWO, 'https://pictures.example'],
  ['the proxy of this address', ['127.0.0.1'], ONE, 'https://pictures.example'],
  ['the proxies of these blocks', ['127.0.0.0/8', '10.0.0.0/8'], TWO, 'https://pictures.example'],
  ['not a client that is no proxy', ['10.0.0.0/8', '::1'], ONE, 'http://127.0.0.1'],
  ['no host that is none', 1, { ...ONE, 'x-forwarded-host': 'a"><script>' }, 'https://127.0.0.1'],
])('links believe %s', async (_who, trustProxy, headers, base) => {
  expect(await linkBase(trustProxy, headers)).toBe(base);
});

it.each<[Config['trustProxy'], number]>([
  [1, 101],
  [false, 403],
])(
  'with TRUST_PROXY %j a WebSocket of the page at the forwarded address is answered %i',
  async (trustProxy, status) => {
    const app = await appForTest({ trustProxy, corsOrigins: [] });
    const headers = [
      ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
      ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: graphql-transport-ws'],
      ...['Origin: https://pictures.example', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: pictures.example'],
    ];
    const connection = await openRaw(app.port, rawRequest('/graphql', headers));
    expect(await connection.until('\r\n\r\n')).toContain(`HTTP/1.1 ${status} `);
  },
);
