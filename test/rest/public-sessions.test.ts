import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ maxArgsBytes: 2000, maxTemplateBytes: 4000 });
});
afterAll(() => app.close());

const api = (method: string, path: string, body?: unknown, headers?: object) =>
  call(app.url, method, path, body, headers);
let made = 0;
async function create(args: object = { n: 1 }, expire?: string) {
  const session_id = `session ${++made}`;
  const answer = await api('POST', '/api/session', { session_id, template: TEXT_TEMPLATE, args, expire });
  expect(answer.status).toBe(201);
  return { id: session_id, path: `/api/session/${encodeURIComponent(session_id)}`, answer };
}
const picture = async (id: string) => (await api('GET', `/snapshot/${encodeURIComponent(id)}`)).text;

describe('a public session', () => {
  it('is created, read, replaced and patched', async () => {
    const { id, path, answer } = await create({ n: 1, keep: [] });
    expect(answer.body).toEqual({ session_id: id, expires_at: expect.stringMatching(/^\d{4}-.*Z$/) });
    const inADay = Date.parse(answer.body.expires_at) - Date.now();
    expect(Math.abs(inADay - 86_400_000)).toBeLessThan(60_000);

    const read = await api('GET', path);
    expect(read.status).toBe(200);
    expect(read.body).toEqual({ session_id: id, template: TEXT_TEMPLATE, args: { n: 1, keep: [] } });
    expect(read.headers.get('etag')).toMatch(/^"[\w-]+\.1"$/);

    const patched = await api('PATCH', path, { args: { n: 2 } });
    expect([patched.status, patched.body]).toEqual([200, { session_id: id }]);
    expect((await api('GET', path)).body.args).toEqual({ n: 2, keep: [] });
    expect(await picture(id)).toContain('<text y="20">2</text>');

    const put = await api('PUT', path, { args: { n: 3 } });
    expect([put.status, put.body]).toEqual([200, { session_id: id }]);
    expect((await api('GET', path)).body.args).toEqual({ n: 3 });
    expect(put.headers.get('etag')).toMatch(/\.3"$/);
  });

  it('keeps any key of args as data', async () => {
    const { path } = await create();
    const text = '{"args":{"__proto__":{"x":1},"constructor":{"prototype":{"polluted":1}},"toString":null}}';
    expect((await api('PUT', path, text)).status).toBe(200);
    expect((await api('GET', path)).text).toContain(
      '"args":{"__proto__":{"x":1},"constructor":{"prototype":{"polluted":1}},"toString":null}',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('cannot be created twice, deleted, or addressed by somebody with a broken token', async () => {
    const { id, path } = await create();
    const again = await api('POST', '/api/session', { session_id: id, template: TEXT_TEMPLATE });
    expect([again.status, again.body.code]).toEqual([409, 'CONFLICT']);
    expect((await api('DELETE', path)).status).toBe(405);
    const broken = await api('PUT', path, { args: {} }, { authorization: 'Bearer nonsense' });
    expect([broken.status, broken.body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(broken.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('is written under a condition by If-Match', async () => {
    const { path } = await create();
    const etag = (await api('GET', path)).headers.get('etag') ?? '';
    expect((await api('PUT', path, { args: { n: 2 } }, { 'if-match': etag })).status).toBe(200);
    const stale = await api('PATCH', path, { args: { n: 9 } }, { 'if-match': etag });
    expect([stale.status, stale.body.code, stale.body.version]).toEqual([412, 'CONFLICT', 2]);
    expect((await api('PATCH', path, { args: { n: 3 } }, { 'if-match': '*' })).status).toBe(200);
    expect((await api('GET', path)).body.args).toEqual({ n: 3 });
  });

  it('expires when its time has come', async () => {
    const { path } = await create({}, '1s');
    await expect.poll(async () => (await api('GET', path)).status, { timeout: 5000 }).toBe(404);
  });
});

describe('a refused write', () => {
  const valid = { session_id: 'refused', template: TEXT_TEMPLATE };
  it.each([
    ['no JSON', '{"session_id"', 400, 'BAD_USER_INPUT'],
    ['an empty body', '', 400, 'BAD_USER_INPUT'],
    ['an array', '[]', 422, 'BAD_USER_INPUT'],
    ['no template', { session_id: 'x' }, 422, 'BAD_USER_INPUT'],
    ['a template that is no string', { ...valid, template: 5 }, 422, 'BAD_USER_INPUT'],
    ['args that are no object', { ...valid, args: [] }, 422, 'BAD_USER_INPUT'],
    ['a blank id', { ...valid, session_id: '  ' }, 400, 'BAD_USER_INPUT'],
    ['an id with a slash', { ...valid, session_id: 'a/b' }, 400, 'BAD_USER_INPUT'],
    ['an expiry without unit', { ...valid, expire: '5' }, 400, 'BAD_USER_INPUT'],
    ['an expiry past ten years', { ...valid, expire: '11y' }, 400, 'BAD_USER_INPUT'],
    ['args too large', { ...valid, args: { a: 'x'.repeat(2000) } }, 413, 'PAYLOAD_TOO_LARGE'],
    ['a template too large', { ...valid, template: `${TEXT_TEMPLATE}${' '.repeat(4000)}` }, 413, 'PAYLOAD_TOO_LARGE'],
    ['a template that does not parse', { ...valid, template: '<svg>\n{% if %}' }, 422, 'TEMPLATE_ERROR'],
    ['a template that is no SVG', { ...valid, template: 'hello' }, 422, 'TEMPLATE_ERROR'],
    ['a template that is ill-formed', { ...valid, template: '<svg><g></svg>' }, 422, 'TEMPLATE_ERROR'],
  ])('%s is %i %s and stores nothing', async (_what, body, status, code) => {
    const answer = await api('POST', '/api/session', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.error).toEqual(expect.any(String));
    expect((await api('GET', '/api/session/refused')).status).toBe(404);
  });

  it('says where a template is wrong', async () => {
    const { body } = await api('POST', '/api/session', { ...valid, template: '<svg>\n  {{ x | nonsense }}</svg>' });
    expect(body).toMatchObject({ code: 'TEMPLATE_ERROR', line: 2, column: expect.any(Number) });
  });

  it('leaves the session and its picture as they were', async () => {
    const template = '<svg xmlns="http://www.w3.org/2000/svg">{% if bad %}{{ 1 | list }}{% endif %}</svg>';
    await api('POST', '/api/session', { session_id: 'fragile', template, args: { n: 1 } });
    const before = await api('GET', '/api/session/fragile');
    expect((await api('PATCH', '/api/session/fragile', { args: { bad: true } })).status).toBe(422);
    const after = await api('GET', '/api/session/fragile');
    expect(after.body).toEqual(before.body);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
  });

  it('is 404 for a session that is not there, before its args are looked at', async () => {
    const answer = await api('PUT', '/api/session/nobody', { args: {} });
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the frame around the routes', () => {
  it.each([
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['GET', '/stream/'],
    ['GET', '/.well-known/nothing'],
  ])('%s %s is a JSON 404, never a page', async (method, path) => {
    const answer = await api(method, path, undefined, { accept: 'text/html' });
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('takes JSON only', async () => {
    const answer = await api('POST', '/api/session', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('answers preflights and exposes what scripts need', async () => {
    const preflight = await api('OPTIONS', '/api/session/x', undefined, {
      origin: 'https://example.com',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,if-match',
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    const answer = await api('GET', '/health', undefined, { origin: 'https://example.com' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
  });

  it('is healthy and ready', async () => {
    expect(await api('GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect((await api('GET', '/ready')).status).toBe(200);
  });
});
