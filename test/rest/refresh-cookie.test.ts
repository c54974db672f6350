import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/settings.ts';
import { onTwoNodes } from '../auth/nodes.ts';
import { type Answer, call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';

const PASSWORD = 'correct horse';
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: readonly string[];
}

function cookieOf({ headers }: Answer): SetCookie | null {
  const [cookie, ...others] = headers.getSetCookie();
  if (cookie === undefined) return null;
  expect(others).toEqual([]);
  const [pair = '', ...attributes] = cookie.split('; ');
  const at = pair.indexOf('=');
  return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes };
}

/** What the browser would send back. */
function sentBack(answer: Answer): { readonly cookie: string } {
  const cookie = cookieOf(answer);
  if (cookie === null) throw new Error(`no cookie came: ${answer.status} ${answer.text}`);
  return { cookie: `${cookie.name}=${cookie.value}` };
}

let users = 0;

/** A server and one who signed in on its page. */
async function signedInBrowser(config: Partial<Config> = {}) {
  const app = await appForTest(config);
  const user_id = `browser-${++users}`;
  const post = (path: string, body?: unknown, headers: object = {}) => call(app.url, 'POST', path, body, headers);
  const entered = await post('/api/auth/register', { user_id, password: PASSWORD, remember: 'cookie' }, OWN_PAGE);
  return { app, user_id, post, entered, cookie: sentBack(entered) };
}

const cleared = (answer: Answer) => expect(cookieOf(answer)).toMatchObject({ value: '' });
const signedOut = { status: 401, body: { code: 'UNAUTHENTICATED' } };

describe('a sign-in that a page asks to remember', () => {
  it('answers no refresh token, but a cookie for the routes of sign-ins that no script reads', async () => {
    const { app, user_id, post, entered } = await signedInBrowser();
    const again = await post('/api/auth/login', { user_id, password: PASSWORD, remember: 'cookie' }, OWN_PAGE);
    expect([entered.status, again.status]).toEqual([201, 200]);
    for (const answer of [entered, again]) {
      expect(answer.body).toEqual({ user_id, token: expect.any(String), token_type: 'Bearer', expires_in: 900 });
      expect(cookieOf(answer)).toEqual({
        name: `rsvg-refresh-${app.port}`,
        value: expect.stringMatching(/^rsvr_\w+$/),
        attributes: ['Path=/api/auth', 'Max-Age=604800', 'HttpOnly', 'SameSite=Strict'],
      });
    }
  });

  it('sets none for a wrong password, and none where nobody asked for it', async () => {
    const { user_id, post } = await signedInBrowser();
    const wrong = await post('/api/auth/login', { user_id, password: 'a wrong guess', remember: 'cookie' }, OWN_PAGE);
    const plain = await post('/api/auth/login', { user_id, password: PASSWORD }, OWN_PAGE);
    expect([wrong.status, cookieOf(wrong), plain.status, cookieOf(plain)]).toEqual([401, null, 200, null]);
    expect(plain.body.refresh_token).toMatch(/^rsvr_/);
    const other = await post('/api/auth/login', { user_id, password: PASSWORD, remember: true }, OWN_PAGE);
    expect(other.status).toBe(422);
  });

  it('has no cookie under the other prefix, whose routes read none either', async () => {
    const { user_id, post, cookie } = await signedInBrowser();
    const asked = await post('/auth/login', { user_id, password: PASSWORD, remember: 'cookie' }, OWN_PAGE);
    expect([asked.status, cookieOf(asked)]).toEqual([400, null]);
    expect((await post('/auth/refresh', {}, { ...OWN_PAGE, ...cookie })).status).toBe(422);
    expect((await post('/auth/logout', {}, { ...OWN_PAGE, ...cookie })).status).toBe(401);
    expect((await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie })).status).toBe(200);
  });
});

describe('the cookie', () => {
  it('is renewed at each use, with or without a body', async () => {
    const { post, entered, cookie } = await signedInBrowser();
    const second = await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie });
    expect(second.status).toBe(200);
    expect(Object.keys(second.body).sort()).toEqual(['expires_in', 'token', 'token_type', 'user_id']);
    expect(decodeJwt(second.body.token).sid).toBe(decodeJwt(entered.body.token).sid);
    expect(sentBack(second)).not.toEqual(cookie);
    const third = await post('/api/auth/refresh', undefined, { ...OWN_PAGE, ...sentBack(second) });
    expect([third.status, sentBack(third).cookie === sentBack(second).cookie]).toEqual([200, false]);
  });

  it('is left alone when the body has a refresh token, which is answered as ever', async () => {
    const { user_id, post, cookie } = await signedInBrowser();
    const { body } = await post('/api/auth/login', { user_id, password: PASSWORD });
    const own = { refresh_token: body.refresh_token };
    const answer = await post('/api/auth/refresh', own, { ...OWN_PAGE, ...cookie });
    expect([answer.status, cookieOf(answer)]).toEqual([200, null]);
    expect(decodeJwt(answer.body.token).sid).toBe(decodeJwt(body.token).sid);
    const out = await post(
      '/api/auth/logout',
      { refresh_token: answer.body.refresh_token },
      { ...OWN_PAGE, ...cookie },
    );
    expect([out.status, cookieOf(out)]).toEqual([204, null]);
    expect((await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie })).status).toBe(200);
  });

  it('is cleared once its sign-in is no more, and nobody is told more without one', async () => {
    const { post, cookie } = await signedInBrowser();
    const out = await post('/api/auth/logout', {}, { ...OWN_PAGE, ...cookie });
    expect(out.status).toBe(204);
    cleared(out);
    const late = await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie });
    expect(late).toMatchObject(signedOut);
    cleared(late);
    // Signing out of what has ended clears it too.
    expect((await post('/api/auth/logout', {}, { ...OWN_PAGE, ...cookie })).status).toBe(204);
    expect((await post('/api/auth/refresh', {}, OWN_PAGE)).status).toBe(422);
    expect((await post('/api/auth/logout', {}, OWN_PAGE)).status).toBe(401);
  });

  it('ends with its sign-in for the access tokens too', async () => {
    const { app, post, entered, cookie } = await signedInBrowser();
    const authorization = { authorization: `Bearer ${entered.body.token}` };
    expect((await call(app.url, 'GET', '/api/auth/me', undefined, authorization)).status).toBe(200);
    await post('/api/auth/logout', undefined, { ...OWN_PAGE, ...cookie });
    expect((await call(app.url, 'GET', '/api/auth/me', undefined, authorization)).status).toBe(401);
  });

  it('does not end its sign-in while a token that was sent ends another', async () => {
    const { user_id, post, cookie } = await signedInBrowser();
    const { body } = await post('/api/auth/login', { user_id, password: PASSWORD });
    const authorization = `Bearer ${body.token}`;
    const out = await post('/api/auth/logout', undefined, { ...OWN_PAGE, ...cookie, authorization });
    expect([out.status, cookieOf(out)]).toEqual([204, null]);
    expect((await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie })).status).toBe(200);
  });

  it('authenticates nothing but the two routes', async () => {
    const { app, user_id, cookie } = await signedInBrowser();
    const get = (path: string) => call(app.url, 'GET', path, undefined, { ...OWN_PAGE, ...cookie });
    for (const path of ['/api/auth/me', `/api/user/${user_id}/session`])
      expect(await get(path)).toMatchObject(signedOut);
    const me = await get(`/graphql?query=${encodeURIComponent('{ me { id } }')}`);
    expect(me.body).toEqual({ data: { me: null } });
  });
});

describe('pages of others', () => {
  const elsewhere: readonly (readonly [string, object])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'another port of localhost, which is the same site',
      { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
    ],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a browser without Sec-Fetch-Site, on another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['no page at all', {}],
  ];

  it.each(elsewhere)('%s neither sets, uses nor clears the cookie', async (_who, headers) => {
    const { user_id, post, cookie } = await signedInBrowser();
    const attempts = [
      await post('/api/auth/login', { user_id, password: PASSWORD, remember: 'cookie' }, headers),
      await post('/api/auth/register', { user_id: 'fresh', password: PASSWORD, remember: 'cookie' }, headers),
      await post('/api/auth/refresh', {}, { ...headers, ...cookie }),
      await post('/api/auth/refresh', undefined, { ...headers, ...cookie }),
      await post('/api/auth/logout', undefined, { ...headers, ...cookie }),
    ];
    for (const answer of attempts) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect(cookieOf(answer)).toBeNull();
    }
    // Nothing was used up and nobody was made.
    expect((await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie })).status).toBe(200);
    expect((await post('/api/auth/register', { user_id: 'fresh', password: PASSWORD })).status).toBe(201);
  });

  it('an equal Origin is enough where the browser sends no Sec-Fetch-Site', async () => {
    const { app, post, cookie } = await signedInBrowser();
    expect((await post('/api/auth/refresh', {}, { origin: app.url, ...cookie })).status).toBe(200);
    const denied = { origin: app.url, 'sec-fetch-site': 'cross-site' };
    expect((await post('/api/auth/refresh', {}, { ...denied, ...cookie })).status).toBe(403);
  });

  it.each<Partial<Config>>([{}, { corsOrigins: ['https://shop.example'] }])(
    'CORS with %j never allows cookies',
    async (config) => {
      const { app, post, cookie } = await signedInBrowser(config);
      const page = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' };
      const preflight = await fetch(`${app.url}/api/auth/refresh`, {
        method: 'OPTIONS',
        headers: { ...page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
      const answer = await post('/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie });
      for (const { headers } of [preflight, answer]) expect(headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it('a cookie that a neighbour planted beside ours signs nobody in, in whatever order', async () => {
    const { user_id, post, cookie } = await signedInBrowser();
    const mallory = { user_id: `mallory-${user_id}`, password: PASSWORD };
    const theirs = (await post('/api/auth/register', mallory)).body.refresh_token;
    const name = cookie.cookie.slice(0, cookie.cookie.indexOf('='));
    const planted = `${name}=${theirs}`;
    for (const both of [`${cookie.cookie}; ${planted}`, `${planted}; ${cookie.cookie}`]) {
      const answer = await post('/api/auth/refresh', {}, { ...OWN_PAGE, cookie: both });
      expect(answer).toMatchObject(signedOut);
      // Cleared, ours would leave theirs alone.
      expect(cookieOf(answer)).toBeNull();
    }
    expect((await post('/api/auth/logout', {}, { ...OWN_PAGE, cookie: `${cookie.cookie}; ${planted}` })).status).toBe(
      204,
    );
    expect(await post('/api/auth/refresh', {}, { ...OWN_PAGE, cookie: planted })).toMatchObject(signedOut);
  });

  it('cookies with other names are not looked at', async () => {
    const { app, post, cookie } = await signedInBrowser();
    const { cookie: own } = cookie;
    const value = own.slice(own.indexOf('=') + 1);
    for (const name of [
      'rsvg-refresh',
      `rsvg-refresh-${app.port}0`,
      `x-rsvg-refresh-${app.port}`,
      `__Secure-rsvg-refresh`,
    ]) {
      expect((await post('/api/auth/refresh', {}, { ...OWN_PAGE, cookie: `${name}=${value}` })).status).toBe(422);
    }
    expect((await post('/api/auth/refresh', {}, { ...OWN_PAGE, cookie: `a=1;${own}; b="2"` })).status).toBe(200);
  });
});

describe('whether the cookie is Secure', () => {
  const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'pictures.example', ...OWN_PAGE };

  it.each<[string, Partial<Config>, object, string]>([
    ['PUBLIC_URL with https decides', { publicUrl: 'https://pictures.example' }, OWN_PAGE, '__Secure-rsvg-refresh'],
    [
      'and its port belongs to the name',
      { publicUrl: 'https://a.example:8443' },
      OWN_PAGE,
      '__Secure-rsvg-refresh-8443',
    ],
    ['PUBLIC_URL with http', { publicUrl: 'http://pictures.example' }, proxied, 'rsvg-refresh'],
    ['what a trusted proxy says', { trustProxy: 1 }, proxied, '__Secure-rsvg-refresh'],
    ['not what a stranger says', {}, proxied, 'rsvg-refresh-PORT'],
  ])('%s', async (_what, config, headers, name) => {
    const app = await appForTest(config);
    const credentials = { user_id: 'alice', password: PASSWORD, remember: 'cookie' };
    const entered = await call(app.url, 'POST', '/api/auth/register', credentials, headers);
    const secure = name.startsWith('__Secure-');
    expect(cookieOf(entered)?.name).toBe(name.replace('PORT', String(app.port)));
    expect(cookieOf(entered)?.attributes.includes('Secure')).toBe(secure);
    const again = await call(app.url, 'POST', '/api/auth/refresh', {}, { ...headers, ...sentBack(entered) });
    expect(cookieOf(again)?.attributes.includes('Secure')).toBe(secure);
  });

  it('TLS of its own decides', async () => {
    const folder = pemFolder();
    try {
      const { cert, key } = makeSelfSigned();
      const app = await appForTest({ tlsCert: folder.write('cert.pem', cert), tlsKey: folder.write('key.pem', key) });
      const credentials = { user_id: 'alice', password: PASSWORD, remember: 'cookie' };
      const entered = await call(app.url, 'POST', '/api/auth/register', credentials, OWN_PAGE);
      expect(cookieOf(entered)).toMatchObject({ name: `__Secure-rsvg-refresh-${app.port}` });
      expect(cookieOf(entered)?.attributes).toContain('Secure');
      const again = await call(app.url, 'POST', '/api/auth/refresh', {}, { ...OWN_PAGE, ...sentBack(entered) });
      expect(again.status).toBe(200);
    } finally {
      folder.remove();
    }
  });
});

// Behind one address, whose port belongs to the name.
onTwoNodes('the cookie', { publicUrl: 'https://pictures.example' }, (nodes) => {
  it('is answered the same pair on both, however many tabs renew at once', async () => {
    const { one, two } = nodes;
    const credentials = { user_id: 'tabs', password: PASSWORD, remember: 'cookie' };
    const entered = await call(one.url, 'POST', '/api/auth/register', credentials, OWN_PAGE);
    const cookie = sentBack(entered);
    const tabs = Array.from({ length: 50 }, (_, tab) =>
      call([one, two][tab % 2]?.url ?? '', 'POST', '/api/auth/refresh', {}, { ...OWN_PAGE, ...cookie }),
    );
    const answers = await Promise.all(tabs);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => sentBack(answer).cookie)).size).toBe(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const [first] = answers as [Answer];
    expect((await call(two.url, 'POST', '/api/auth/refresh', {}, { ...OWN_PAGE, ...sentBack(first) })).status).toBe(
      200,
    );
  });
});
