import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
let alice: { authorization: string };
let bob: { authorization: string };
beforeAll(async () => {
  app = await runApp();
  [alice, bob] = await Promise.all([bearer(app.url, 'alice'), bearer(app.url, 'bob')]);
});
afterAll(() => app.close());

const api = (method: string, path: string, body?: unknown, headers?: object) =>
  call(app.url, method, path, body, headers);
const body = (session_id: string, more: object = {}) => ({ session_id, template: TEXT_TEMPLATE, ...more });

describe('an owned session', () => {
  it('lives from POST to DELETE in the hands of its owner', async () => {
    const created = await api('POST', '/api/user/alice/session', body('own', { args: { n: 1 } }), alice);
    expect([created.status, created.body]).toEqual([201, { user_id: 'alice', session_id: 'own', expires_at: null }]);

    const path = '/api/user/alice/session/own';
    expect((await api('PUT', path, { args: { n: 2, m: 1 } }, alice)).status).toBe(204);
    expect((await api('PATCH', path, { args: { n: 3 } }, alice)).status).toBe(204);
    const read = await api('GET', path, undefined, alice);
    expect(read.body).toEqual({ session_id: 'own', template: TEXT_TEMPLATE, args: { n: 3, m: 1 } });
    expect((await api('GET', '/snapshot/alice/own')).text).toContain('>3<');

    expect((await api('DELETE', path, undefined, { ...alice, 'content-type': 'application/json' })).status).toBe(204);
    expect((await api('DELETE', path, undefined, alice)).status).toBe(404);
    expect((await api('GET', '/snapshot/alice/own')).status).toBe(404);
  });

  it('is replaced by a second POST: same life, next version', async () => {
    const first = await api('POST', '/api/user/alice/session', body('again', { ttl_seconds: 60 }), alice);
    expect(Date.parse(first.body.expires_at)).toBeGreaterThan(Date.now());
    const template = '<svg xmlns="http://www.w3.org/2000/svg"><text>new {{ n }}</text></svg>';
    const second = await api(
      'POST',
      '/api/user/alice/session',
      { session_id: 'again', template, args: { n: 7 } },
      alice,
    );
    expect(second.body.expires_at).toBeNull();
    const [epoch] = (first.headers.get('etag') ?? '').split('.');
    expect(second.headers.get('etag')).toBe(`${epoch}.2"`);
    expect((await api('GET', '/snapshot/alice/again')).text).toContain('new 7');
  });

  it('lists newest change first', async () => {
    const carol = await bearer(app.url, 'carol');
    for (const name of ['a', 'b', 'c']) await api('POST', '/api/user/carol/session', body(name), carol);
    await api('PATCH', '/api/user/carol/session/a', { args: { n: 1 } }, carol);
    for (const path of ['/api/user/carol/session', '/api/user/carol/sessions']) {
      const { items } = (await api('GET', path, undefined, carol)).body;
      expect(items.map((item: { session_id: string }) => item.session_id)).toEqual(['a', 'c', 'b']);
    }
  });

  it.each([
    ['POST', '/api/user/alice/session', body('mine')],
    ['GET', '/api/user/alice/session', undefined],
    ['GET', '/api/user/alice/sessions', undefined],
    ['GET', '/api/user/alice/session/private', undefined],
    ['PUT', '/api/user/alice/session/private', { args: {} }],
    ['PATCH', '/api/user/alice/session/private', { args: {} }],
    ['DELETE', '/api/user/alice/session/private', undefined],
  ])('%s %s is 401 for anonymous, 403 for another user', async (method, path, content) => {
    await api('POST', '/api/user/alice/session', body('private', { args: { secret: 1 } }), alice);
    const before = (await api('GET', '/snapshot/alice/private')).headers.get('etag');
    const anonymous = await api(method, path, content);
    expect([anonymous.status, anonymous.body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(anonymous.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const stranger = await api(method, path, content, bob);
    expect([stranger.status, stranger.body.code]).toEqual([403, 'FORBIDDEN']);
    expect(stranger.text).not.toContain('secret');
    expect((await api('GET', '/snapshot/alice/private')).headers.get('etag')).toBe(before);
  });

  it('checks the token before the body, and the body before the owner', async () => {
    expect((await api('POST', '/api/user/alice/session', '{')).status).toBe(401);
    expect((await api('POST', '/api/user/alice/session', '{', bob)).status).toBe(400);
    expect((await api('POST', '/api/user/alice/session', {}, bob)).status).toBe(422);
    expect((await api('POST', '/api/user/alice/session', body('x', { template: '{% if %}' }), bob)).status).toBe(403);
  });

  it('cannot be reached by a public name, however it is spelled', async () => {
    await api('POST', '/api/user/alice/session', body('x', { args: { n: 'hers' } }), alice);
    for (const name of ['user:alice:session:x', 'alice%2Fx', 'alice/x', 'u:alice', '{alice}x']) {
      await api('POST', '/api/session', { session_id: name, template: TEXT_TEMPLATE, args: { n: 'forged' } });
      await api('PUT', `/api/session/${encodeURIComponent(name)}`, { args: { n: 'forged' } });
      expect((await api('GET', '/snapshot/alice/x')).text).toContain('hers');
    }
  });
});
