import { beforeAll, describe, expect, test } from 'vitest';
import { ask, onTwoNodes, signIn } from '../auth/nodes.ts';
import { createClient } from '../graphql/client.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { readEvents } from '../harness/event-source.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { createLink, createPicture, openSocket, revoke, update, wholeAnswer } from './private-picture.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>';

onTwoNodes('a view link', {}, (nodes) => {
  let alice: string;
  let bob: string;
  beforeAll(async () => {
    alice = (await signIn(nodes.one, 'alice')).accessToken;
    bob = (await signIn(nodes.one, 'bob')).accessToken;
  });

  const pathOf = (url: string) => url.slice(url.indexOf('/stream/'));
  const snapshot = async (id: string, token: string, node = nodes.two) =>
    (await call(node.url, 'GET', `/snapshot/${id}?view=${token}`)).status;

  test('shows the live picture on every node, on routes for pictures, and tells nobody else', async () => {
    const { id } = await createPicture(nodes.one, alice, 'shown');
    const link = await createLink(nodes.one, alice, id);
    expect(link).toMatchObject({ expiresAt: null, maxFps: null });
    expect(link.url).toBe(`${nodes.one.url}/stream/alice/shown?view=${link.token}`);
    const image = await readMultipart(nodes.two.port, pathOf(link.url));
    await image.until('>1<');
    expect(image.head).toMatch(/^cache-control: private, no-store\b/im);
    expect(image.head).toMatch(/^referrer-policy: no-referrer$/im);
    await update(nodes.one, alice, id, 'args: {n: 2}');
    await image.until('>2<');

    for (const path of ['snapshot', 'live']) {
      const { status, headers } = await call(nodes.two.url, 'GET', `/${path}/alice/shown?view=${link.token}`);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
    const page = await call(nodes.two.url, 'GET', `/live/alice/shown?view=${link.token}`);
    expect(page.text).toContain(`src="/stream/alice/shown?view=${link.token}"`);
    const opened = await wholeAnswer(nodes.two, { path: pathOf(link.url), headers: { accept: 'text/html' } });
    expect(opened).toMatch(/^307\n/);
    expect(opened).toContain(`location: /live/alice/shown?view=${link.token}`);
    for (const { log } of [nodes.one, nodes.two]) expect(log.join('')).not.toContain(link.token);
  });

  test('ends its viewers on every node when it is revoked, and only them', async () => {
    const { id } = await createPicture(nodes.one, alice, 'revoked');
    const [lost, kept] = [await createLink(nodes.one, alice, id), await createLink(nodes.two, alice, id)];
    const apps = [nodes.one, nodes.two];
    const ending = await Promise.all(apps.map(({ port }) => readMultipart(port, `${pathOf(lost.url)}&delta=false`)));
    const going = await Promise.all(apps.map(({ port }) => readMultipart(port, pathOf(kept.url))));
    for (const image of [...ending, ...going]) await image.until('>1<');
    await revoke(nodes.one, alice, id, lost);
    for (const image of ending) {
      expect(await image.next()).toContain(BLANK);
      expect(await image.next()).toBeNull();
      expect(await image.ended).toBe('clean');
    }
    for (const app of apps) expect(await snapshot(id, lost.token, app)).toBe(404);
    await update(nodes.two, alice, id, 'args: {n: 2}');
    for (const image of going) await image.until('>2<');
    const gone = createClient(`${nodes.one.url}/graphql`, alice);
    const again = await gone(`mutation { revokeViewLink(sessionId: "${id}", id: "${lost.id}") }`);
    expect(again.codes).toEqual(['NOT_FOUND']);
  });

  test('shows events, whose end says no more than that of a session that is gone', async () => {
    const { id } = await createPicture(nodes.one, alice, 'events');
    const link = await createLink(nodes.one, alice, id);
    const url = `${nodes.two.url}/sse/${id}?view=${link.token}`;
    const viewer = await readEvents(url);
    expect(viewer.headers['cache-control']).toBe('private, no-store, no-transform');
    const frame = await viewer.next();
    expect(frame?.data).toContain('>1<');
    await revoke(nodes.one, alice, id, link);
    expect(await viewer.next()).toMatchObject({ type: 'gone', data: '' });
    expect((await readEvents(url, { 'last-event-id': frame?.lastEventId ?? '' })).status).toBe(204);
    expect((await readEvents(url)).status).toBe(404);
  });

  test('ends its viewers when it expires', async () => {
    const { id } = await createPicture(nodes.one, alice, 'expiring');
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const link = await createLink(nodes.one, alice, id, `expiresAt: "${expiresAt}"`);
    const images = await Promise.all([nodes.one, nodes.two].map(({ port }) => readMultipart(port, pathOf(link.url))));
    for (const image of images) {
      await image.until('>1<');
      expect(await image.next()).toContain(BLANK);
      expect(await image.ended).toBe('clean');
    }
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect(await snapshot(id, link.token)).toBe(404);
    const listed = await ask(nodes.two, `{ session(id: "${id}") { viewLinks { id } } }`, alice);
    expect(listed.session.viewLinks).toEqual([]);
  });

  test('goes on while the session turns public and private again', async () => {
    const { id } = await createPicture(nodes.one, alice, 'to-and-fro');
    const link = await createLink(nodes.one, alice, id);
    const image = await readMultipart(nodes.two.port, pathOf(link.url));
    await update(nodes.one, alice, id, 'visibility: PUBLIC, args: {n: 2}');
    await image.until('>2<');
    await update(nodes.one, alice, id, 'visibility: PRIVATE, args: {n: 3}');
    await image.until('>3<');
  });

  test('bounds the frames per second of each viewer, whatever it asks for', async () => {
    const { id } = await createPicture(nodes.one, alice, 'slow');
    const link = await createLink(nodes.one, alice, id, 'maxFps: 1');
    const image = await readMultipart(nodes.one.port, `${pathOf(link.url)}&fps=120`);
    await image.until('>1<');
    for (const n of [2, 3, 4]) await update(nodes.one, alice, id, `args: {n: ${n}}`);
    expect(await image.next()).toContain('>4<');
  });

  test('ends with the session, and is no link to one that takes its name', async () => {
    const { id } = await createPicture(nodes.one, alice, 'replayed');
    const link = await createLink(nodes.one, alice, id);
    const image = await readMultipart(nodes.two.port, pathOf(link.url));
    await image.until('>1<');
    await ask(nodes.one, `mutation { deleteSession(id: "${id}") }`, alice);
    // Who deletes it to hide it does not want its last picture to stand where it was shown.
    expect(await image.next()).toContain(BLANK);
    expect(await image.ended).toBe('clean');
    await createPicture(nodes.one, alice, 'replayed');
    for (const app of [nodes.one, nodes.two]) expect(await snapshot(id, link.token, app)).toBe(404);
    const listed = await ask(nodes.two, `{ session(id: "${id}") { viewLinks { id } } }`, alice);
    expect(listed.session.viewLinks).toEqual([]);
  });

  describe('opens nothing else:', () => {
    test('neither with another part than was signed, nor another session', async () => {
      const { id } = await createPicture(nodes.one, alice, 'target');
      const other = await createPicture(nodes.one, alice, 'other');
      const same = await createPicture(nodes.one, bob, 'target');
      const far = new Date(Date.now() + 3_600_000).toISOString();
      const { token } = await createLink(nodes.one, alice, id, `expiresAt: "${far}", maxFps: 10`);
      const foreign = await createLink(nodes.one, bob, same.id);
      expect(await snapshot(id, token)).toBe(200);
      expect(await snapshot(other.id, token)).toBe(404);
      expect(await snapshot(same.id, token)).toBe(404);
      expect(await snapshot(id, foreign.token)).toBe(404);
      const [head = '', end = '', fps = '', signature = ''] = token.split('.');
      const later = (Date.parse(far) + 1).toString(36);
      const changed = (character: string) => (character === 'a' ? 'b' : 'a');
      const forgeries = [
        [head, later, fps, signature],
        [head, '', fps, signature],
        [head, end, '120', signature],
        [head, end, '', signature],
        [head.slice(0, -1) + changed(head.slice(-1)), end, fps, signature],
        [head, end, fps, changed(signature.slice(0, 1)) + signature.slice(1)],
        // Two bits of the last character are none of the signature's.
        [head, end, fps, signature.slice(0, -1) + BASE64[BASE64.indexOf(signature.slice(-1)) + 1]],
        [head, end, fps, signature.slice(1)],
        [head, end, fps, ''],
        [head, `0${end}`, fps, signature],
        [head, end.toUpperCase(), fps, signature],
        [head.toUpperCase(), end, fps, signature],
      ].map((parts) => parts.join('.'));
      for (const forged of [...forgeries, '', 'x', `${token}%00`, `${token}.`, `${token}&view=${token}`]) {
        expect([400, 404], forged).toContain(await snapshot(id, forged));
      }
    });

    test('no source, no write, no list, no socket', async () => {
      const { id } = await createPicture(nodes.one, alice, 'closed');
      const { token } = await createLink(nodes.one, alice, id);
      const path = '/api/user/alice/session/closed';
      expect((await call(nodes.one.url, 'GET', `${path}?view=${token}`)).status).toBe(401);
      expect((await call(nodes.one.url, 'PUT', `${path}?view=${token}`, { args: {} })).status).toBe(401);
      expect((await call(nodes.one.url, 'DELETE', `${path}?view=${token}`)).status).toBe(401);
      for (const authorization of [`Bearer ${token}`, `View ${token}`]) {
        expect((await call(nodes.one.url, 'GET', path, undefined, { authorization })).status).toBe(401);
      }
      const asked = encodeURIComponent(`{ session(id: "${id}") { id template } }`);
      expect((await call(nodes.one.url, 'GET', `/graphql?query=${asked}&view=${token}`)).body).toEqual({
        data: { session: null },
      });
      expect(await (await openSocket(nodes.one, id)).next()).toContain('NOT_FOUND');
      const standing = await call(nodes.one.url, 'GET', path, undefined, { authorization: `Bearer ${alice}` });
      expect(standing.body).toMatchObject({ template: TEXT_TEMPLATE, args: { n: 1 } });
    });
  });

  test('is made, listed and revoked by the owner alone', async () => {
    const { id } = await createPicture(nodes.one, alice, 'owned', 'visibility: PUBLIC');
    const link = await createLink(nodes.one, alice, id);
    const second = await createLink(nodes.one, alice, id, 'maxFps: 120');
    const list = `{ session(id: "${id}") { viewLinks { id token url expiresAt maxFps } } }`;
    expect((await ask(nodes.one, list, alice)).session.viewLinks).toEqual([second, link]);
    const key = `mutation { createApiKey(name: "k", scopes: ["push:${id}"]) { secret } }`;
    const { secret } = (await ask(nodes.one, key, alice)).createApiKey;
    for (const [token, code] of [
      [undefined, 'UNAUTHENTICATED'],
      [bob, 'FORBIDDEN'],
      [secret, 'FORBIDDEN'],
    ] as const) {
      const client = createClient(`${nodes.two.url}/graphql`, token);
      expect((await client(list)).codes).toEqual([code]);
      expect((await client(`mutation { createViewLink(sessionId: "${id}") { id } }`)).codes).toEqual([code]);
      const revocation = await client(`mutation { revokeViewLink(sessionId: "${id}", id: "${link.id}") }`);
      expect(revocation.codes).toEqual([code]);
    }
    expect((await ask(nodes.two, list, alice)).session.viewLinks).toHaveLength(2);
  });

  test('cannot be wished for in the past or at another pace, nor a hundred and first time', async () => {
    const { id } = await createPicture(nodes.one, alice, 'wished');
    const client = createClient(`${nodes.one.url}/graphql`, alice);
    const wish = (rest: string) => client(`mutation { createViewLink(sessionId: "${id}", ${rest}) { id } }`);
    for (const rest of ['expiresAt: "2020-01-01T00:00:00Z"', 'maxFps: 0', 'maxFps: 121', 'maxFps: -1']) {
      expect((await wish(rest)).codes, rest).toEqual(['BAD_USER_INPUT']);
    }
    for (let n = 0; n < 100; n += 1) await createLink(nodes.one, alice, id);
    expect((await wish('maxFps: 1')).codes).toEqual(['RATE_LIMITED']);
    const absent = await client('mutation { createViewLink(sessionId: "alice/nothing") { id } }');
    expect(absent.codes).toEqual(['NOT_FOUND']);
  });
});
