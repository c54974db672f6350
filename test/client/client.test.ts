import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type ClientOptions, createClient, type Frame, RequestError } from '../../src/client/client.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

/** Where WebSockets were opened to, by all clients of this file. */
const opened: string[] = [];
class CountedWebSocket extends WebSocket {
  constructor(...[address, ...rest]: ConstructorParameters<typeof WebSocket>) {
    super(address, ...rest);
    opened.push(String(address));
  }
}

function client(options: Partial<ClientOptions> = {}) {
  const made = createClient({ url: app.url, webSocket: CountedWebSocket, ...options });
  onTestFinished(made.close);
  return made;
}

const credentials = (userId: string) => ({ userId, password: `${userId} password` });

async function publicSession(): Promise<string> {
  return (await client().createSession({ template: TEXT_TEMPLATE, args: { n: 1 }, public: true })).id;
}

/** A way to the server that can be cut. */
async function cuttable() {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(app.port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other).on('error', () => {});
      one.on('error', () => {}).on('close', () => sockets.delete(one) && other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, cut };
}

const value = async (frames: AsyncIterator<Frame>) => (await frames.next()).value as Frame;

test('what is pushed is merged or replaces all, and is watched', async () => {
  const { createSession, push, watch } = client({ signIn: credentials('alice') });
  const { id, streamUrl } = await createSession({ name: 'card', template: TEXT_TEMPLATE, args: { n: 1, m: 2 } });
  expect([id, streamUrl]).toEqual(['alice/card', `${app.url}/stream/alice/card`]);
  const frames = watch(id);
  expect(await value(frames)).toMatchObject({ sessionId: id, version: 1, svg: expect.stringContaining('>1<') });
  expect(await push(id, { n: 2, m: null })).toEqual({ version: 2 });
  expect(await value(frames)).toMatchObject({ version: 2, svg: expect.stringContaining('>2<') });
  await push(id, { k: 3 }, { replace: true, ifVersion: 2 });
  expect(await value(frames)).toMatchObject({ version: 3 });
  const stale = push(id, { n: 4 }, { ifVersion: 2 });
  await expect(stale).rejects.toMatchObject({ code: 'CONFLICT', name: 'RequestError' });
  await frames.return?.();
});

test.each([
  ['NaN', { n: Number.NaN }],
  ['an infinity, deep inside', { n: [{ m: Number.NEGATIVE_INFINITY }] }],
  ['nothing', undefined],
  ['a list', [1]],
])('%s is refused before it is sent, for JSON would make null of it, which removes', async (_what, args) => {
  const { push, watch } = client();
  const id = await publicSession();
  await expect(push(id, args as never)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await value(watch(id))).toMatchObject({ version: 1 });
});

test('a private session is shown to its owner, and to nobody else', async () => {
  const owner = client({ signIn: credentials('alice') });
  const { id } = await owner.createSession({ name: 'secret', template: TEXT_TEMPLATE, args: { n: 1 }, private: true });
  expect(await value(owner.watch(id))).toMatchObject({ version: 1 });
  await expect(client().watch(id).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a client that was closed does nothing more, and says so', async () => {
  const id = await publicSession();
  const { close, push, watch } = client();
  close();
  await expect(push(id, { n: 2 })).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('closed'),
  });
  expect(() => watch(id)).toThrow(/closed/);
});

test('all watches of a client share one WebSocket, and a client that watches nothing has none', async () => {
  const ids = [await publicSession(), await publicSession(), await publicSession()];
  const before = opened.length;
  const { watch } = client();
  const all = ids.map((id) => watch(id));
  expect((await Promise.all(all.map(value))).map(({ sessionId }) => sessionId)).toEqual(ids);
  expect(opened.slice(before)).toEqual([`${app.url.replace('http', 'ws')}/graphql`]);
});

test('a reader that is slow gets the newest frame, and no more of them wait', async () => {
  const { push, watch } = client();
  const id = await publicSession();
  const frames = watch(id);
  expect((await value(frames)).version).toBe(1);
  const other = watch(id);
  for (let n = 2; n <= 20; n += 1) await push(id, { n });
  // Over the same connection, so what this one has seen the slow one has been sent.
  for await (const { version } of other) if (version === 20) break;
  const versions: number[] = [];
  while (versions.at(-1) !== 20) versions.push((await value(frames)).version);
  expect(versions.length).toBeLessThanOrEqual(2);
});

test('a lost connection is waited out, and no frame is seen twice', async () => {
  const way = await cuttable();
  const states: string[] = [];
  const id = await publicSession();
  const { watch } = client({ url: way.url, onState: (state) => states.push(state) });
  const frames = watch(id);
  expect((await value(frames)).version).toBe(1);
  way.cut();
  await expect.poll(() => states).toEqual(['live', 'waiting', 'live']);
  const next = value(frames);
  await client().push(id, { n: 2 });
  expect((await next).version).toBe(2);
});

test('when the session is gone the loop ends with an error that says so; where there never was one, too', async () => {
  const { createSession, deleteSession, watch } = client({ signIn: credentials('bob') });
  const { id } = await createSession({ name: 'short', template: TEXT_TEMPLATE });
  const frames = watch(id);
  await value(frames);
  const next = frames.next();
  await deleteSession(id);
  const gone = await next.catch((error: unknown) => error);
  expect(gone).toBeInstanceOf(RequestError);
  expect(gone).toMatchObject({
    code: 'NOT_FOUND',
    message: 'The session bob/short is gone: it was deleted or has expired.',
  });
  expect(await frames.next()).toEqual({ done: true, value: undefined });
  await expect(watch('bob/none').next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('leaving a loop, a signal and close let go of the session', async () => {
  const id = await publicSession();
  const viewers = async () => {
    const query = `{ session(id: "${id}") { viewers } }`;
    return (await call(app.url, 'POST', '/graphql', { query })).body.data.session.viewers;
  };
  const left = client();
  const controller = new AbortController();
  const aborted = client().watch(id, { signal: controller.signal });
  const closing = client();
  const closed = closing.watch(id);
  await Promise.all([value(aborted), value(closed)]);
  for await (const { version } of left.watch(id)) {
    expect([version, await viewers()]).toEqual([1, 3]);
    break;
  }
  await expect.poll(viewers).toBe(2);

  const pending = aborted.next();
  controller.abort(new Error('enough'));
  await expect(pending).rejects.toThrow('enough');
  await expect.poll(viewers).toBe(1);

  const last = closed.next();
  closing.close();
  expect(await last).toEqual({ done: true, value: undefined });
  await expect.poll(viewers).toBe(0);
});

test('a client signs in once for all who wait', async () => {
  const { createSession } = client({ signIn: credentials('erin') });
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => createSession({ name, template: TEXT_TEMPLATE })));
  const issued = app.log.map((line) => JSON.parse(line)).filter(({ event }) => event === 'token.issued');
  expect(issued.filter(({ userId }) => userId === 'erin')).toHaveLength(1);
});

test('a sign-in is kept: when its token is revoked, another one is asked for', async () => {
  const { push, createSession, watch } = client({ signIn: credentials('carol') });
  const { id } = await createSession({ name: 'mine', template: TEXT_TEMPLATE, args: { n: 1 } });
  const frames = watch(id);
  await value(frames);
  const { body } = await call(app.url, 'POST', '/api/auth/login', {
    ...{ user_id: 'carol', password: 'carol password' },
  });
  const everywhere = { query: 'mutation { signOut(everywhere: true) }' };
  await call(app.url, 'POST', '/graphql', everywhere, { authorization: `Bearer ${body.token}` });
  await Promise.all([push(id, { n: 2 }), push(id, { n: 3 })]);
  for (let version = 1; version < 3; ) version = (await value(frames)).version;
});

test('a token that is not valid ends what it was given for, and is not tried for ever', async () => {
  const id = await publicSession();
  const { push, watch } = client({ token: 'nonsense' });
  await expect(push(id, { n: 2 })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(watch(id).next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

  let asked = 0;
  const { body } = await call(app.url, 'POST', '/api/auth/register', { user_id: 'dave', password: 'dave password' });
  const better = client({ token: () => (asked++ === 0 ? 'expired' : body.token) });
  expect((await value(better.watch(id))).version).toBe(1);
  expect(asked).toBe(2);

  const wrong = client({ signIn: { userId: 'dave', password: 'not his' } });
  await expect(wrong.push(id, { n: 2 })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(wrong.watch(id).next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a runtime without WebSocket is told what to give', async () => {
  vi.stubGlobal('WebSocket', undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { watch } = createClient({ url: app.url });
  await expect(watch('x').next()).rejects.toThrow('of the package ws as webSocket');
});

test('a server that cannot be reached is UNREACHABLE, and options that do not go together are refused', async () => {
  const nowhere = client({ url: 'http://127.0.0.1:9' });
  await expect(nowhere.push('x', {})).rejects.toMatchObject({ code: 'UNREACHABLE' });
  expect(() => client({ token: 't', signIn: credentials('frank') })).toThrow('not both');
});
