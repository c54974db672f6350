import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
let alice: { authorization: string };
beforeAll(async () => {
  app = await runApp();
  alice = await bearer(app.url, 'alice');
  for (const path of ['/api/session', '/api/user/alice/session']) {
    await call(app.url, 'POST', path, { session_id: 'read', template: TEXT_TEMPLATE, args: { n: 1 } }, alice);
  }
});
afterAll(() => app.close());

describe.each(['/api/session/read', '/api/user/alice/session/read'])('GET %s', (path) => {
  const get = (headers: object = {}) => call(app.url, 'GET', path, undefined, { ...alice, ...headers });
  const etag = async () => String((await get()).headers.get('etag'));

  it.each([
    ['its own ETag', (tag: string) => tag],
    ['a list with its ETag', (tag: string) => `"a.1" ,${tag},"b.2"`],
    ['its ETag as a weak one', (tag: string) => `W/${tag}`],
    ['*', () => '*'],
  ])('answers 304 without a body to If-None-Match of %s', async (_what, condition) => {
    const tag = await etag();
    const answer = await get({ 'if-none-match': condition(tag) });
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', tag]);
  });

  it.each([
    ['another ETag', (_tag: string) => '"a.1"'],
    ['its ETag without quotes', (tag: string) => tag.replaceAll('"', '')],
    ['an ETag that begins with its own', (tag: string) => tag.replace(/"$/, '0"')],
  ])('answers 200 to If-None-Match of %s', async (_what, condition) => {
    const answer = await get({ 'if-none-match': condition(await etag()) });
    expect([answer.status, answer.body.template]).toEqual([200, TEXT_TEMPLATE]);
  });

  it('answers 200 again once the session has changed', async () => {
    const before = await etag();
    await call(app.url, 'PATCH', path, { args: { n: 2 } }, alice);
    const answer = await get({ 'if-none-match': before });
    expect([answer.status, answer.body.args]).toEqual([200, { n: 2 }]);
    expect(answer.headers.get('etag')).not.toBe(before);
  });
});

it('refuses a stranger who names any ETag as it refuses everybody else', async () => {
  const mallory = await bearer(app.url, 'mallory');
  const headers = { ...mallory, 'if-none-match': '*' };
  expect((await call(app.url, 'GET', '/api/user/alice/session/read', undefined, headers)).status).toBe(403);
});

describe('DELETE of a session', () => {
  const path = '/api/user/alice/session/doomed';
  const remove = (condition: string) => call(app.url, 'DELETE', path, undefined, { ...alice, 'if-match': condition });
  const create = async () => {
    const body = { session_id: 'doomed', template: TEXT_TEMPLATE };
    const { headers } = await call(app.url, 'POST', '/api/user/alice/session', body, alice);
    return String(headers.get('etag'));
  };

  it('is 412 to If-Match of an older version, and nothing is changed', async () => {
    const old = await create();
    const { headers } = await call(app.url, 'PUT', path, { args: { n: 1 } }, alice);
    const now = String(headers.get('etag'));
    const refused = await remove(old);
    expect([refused.status, refused.body.code, `"${refused.body.etag}"`]).toEqual([412, 'CONFLICT', now]);
    expect((await call(app.url, 'GET', path, undefined, alice)).headers.get('etag')).toBe(now);
    expect((await remove(`"a.1", ${now}`)).status).toBe(204);
    expect((await call(app.url, 'GET', path, undefined, alice)).status).toBe(404);
  });

  it('is 204 to If-Match of *, and 404 once there is none', async () => {
    await create();
    expect((await remove('*')).status).toBe(204);
    expect((await remove('*')).status).toBe(404);
  });

  it('is 412 to the ETag of an earlier life of the name', async () => {
    const earlier = await create();
    await remove('*');
    await create();
    expect((await remove(earlier)).status).toBe(412);
  });
});

describe('POST of an owned session', () => {
  const make = (session_id: string, condition: object, n = 1) =>
    call(
      app.url,
      'POST',
      '/api/user/alice/session',
      { session_id, template: TEXT_TEMPLATE, args: { n } },
      { ...alice, ...condition },
    );
  const read = (name: string) => call(app.url, 'GET', `/api/user/alice/session/${name}`, undefined, alice);

  it('with If-None-Match: * makes one and replaces none', async () => {
    expect((await make('only-new', { 'if-none-match': '*' })).status).toBe(201);
    const again = await make('only-new', { 'if-none-match': '*' }, 2);
    expect([again.status, again.body.code]).toEqual([412, 'CONFLICT']);
    expect((await read('only-new')).body.args).toEqual({ n: 1 });
  });

  it('with If-Match replaces what is named and makes none', async () => {
    expect((await make('only-old', { 'if-match': '"a.1"' })).status).toBe(404);
    const tag = String((await make('only-old', {})).headers.get('etag'));
    expect((await make('only-old', { 'if-match': '"a.1"' }, 2)).status).toBe(412);
    expect((await read('only-old')).body.args).toEqual({ n: 1 });
    const replaced = await make('only-old', { 'if-match': tag }, 3);
    expect([replaced.status, replaced.body.expires_at]).toEqual([201, null]);
    expect((await read('only-old')).body.args).toEqual({ n: 3 });
  });
});

it.each(['PUT', 'PATCH', 'DELETE'])('%s with If-None-Match: * changes nothing that stands', async (method) => {
  const path = '/api/user/alice/session/read';
  const before = await call(app.url, 'GET', path, undefined, alice);
  const body = method === 'DELETE' ? undefined : { args: { n: 99 } };
  const { status } = await call(app.url, method, path, body, { ...alice, 'if-none-match': '*' });
  expect(status).toBe(412);
  expect((await call(app.url, 'GET', path, undefined, alice)).text).toBe(before.text);
});

describe.each(['PUT', 'PATCH'])('%s with If-Match', (method) => {
  const path = '/api/session/read';
  const etag = async () => String((await call(app.url, 'GET', path)).headers.get('etag'));
  const write = (condition: string) => call(app.url, method, path, { args: { n: 5 } }, { 'if-match': condition });

  it.each([
    ['its ETag', (tag: string) => tag, 200],
    ['a list with its ETag', (tag: string) => `"a.1",W/"b.2" , ${tag}`, 200],
    ['*', () => '*', 200],
    ['its ETag as a weak one, which says only that it looks the same', (tag: string) => `W/${tag}`, 412],
    ['its ETag without quotes', (tag: string) => tag.replaceAll('"', ''), 412],
    ['nothing in it', () => '', 412],
    ['* among others', (_tag: string) => '*, "a.1"', 412],
  ])('of %s', async (_what, condition, status) => {
    expect((await write(condition(await etag()))).status).toBe(status);
  });
});
