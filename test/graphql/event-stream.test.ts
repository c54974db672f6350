import { describe, expect, onTestFinished, test } from 'vitest';
import { ANONYMOUS, grantOf } from '../harness/callers.ts';
import { startGraphqlServer } from '../harness/graphql-server.ts';
import { CREATE, createClient, DELETE, TEMPLATE } from './client.ts';
import { openEventStream, WATCH } from './event-stream-client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const push = (name: string, price: number) =>
  setup.server.sessions.update(ANONYMOUS, { owner: null, name }, { args: { price } });

async function createPublic(name: string) {
  await setup.anonymous(CREATE, { input: { name, public: true, template: TEMPLATE, args: { price: 0 } } });
}

async function watch(variables: object, headers?: object) {
  const stream = await openEventStream(setup.server.url, WATCH, variables, headers);
  onTestFinished(stream.close);
  return stream;
}

test('gives the current frame at once, then each newer one', async () => {
  await createPublic('live');
  const { status, headers, events } = await watch({ id: 'live' });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-content-type-options': 'nosniff' });
  expect(headers).not.toHaveProperty('content-encoding');

  expect((await events.next()).value).toEqual({
    event: 'next',
    data: {
      data: {
        frames: {
          ...{ sessionId: 'live', version: 1, etag: expect.stringMatching(/^[\w-]+\.1$/) },
          ...{ svg: expect.stringContaining('>0</text>'), renderedAt: expect.stringMatching(/Z$/) },
        },
      },
    },
  });
  await push('live', 1);
  expect((await events.next()).value?.data.data.frames).toMatchObject({
    version: 2,
    svg: expect.stringContaining('1'),
  });
});

test('asked for by HEAD watches nothing, and waits for the end of no token', async () => {
  await createPublic('asked-for');
  const query = encodeURIComponent('subscription { frames(sessionId: "asked-for") { version } }');
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${await setup.token('alice')}` };
  const answer = await fetch(`${setup.server.url}?query=${query}`, { method: 'HEAD', headers });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  await expect.poll(() => [setup.server.dependents(), setup.server.watches()], { timeout: 5000 }).toEqual([0, 0]);
});

test('leaves out the frame the client has, `after` its etag, and no other', async () => {
  await createPublic('after');
  const first = await watch({ id: 'after' });
  const etag = (await first.events.next()).value?.data.data.frames.etag;

  const second = await watch({ id: 'after', after: etag });
  await push('after', 1);
  expect((await second.events.next()).value?.data.data.frames.version).toBe(2);
  const third = await watch({ id: 'after', after: etag });
  expect((await third.events.next()).value?.data.data.frames.version).toBe(2);
});

test('completes when the session is deleted', async () => {
  const alice = await setup.as('alice');
  await alice(CREATE, { input: { name: 'short', template: TEMPLATE } });
  const { events } = await watch({ id: 'alice/short' });
  await events.next();
  await alice(DELETE, { id: 'alice/short' });
  expect((await events.next()).value).toEqual({ event: 'complete', data: null });
  expect((await events.next()).done).toBe(true);
});

test('completes when the server shuts down, and does not hold it up', async () => {
  const server = await startGraphqlServer();
  await server.sessions.create(ANONYMOUS, { name: 'x', public: true, template: TEMPLATE, args: {} });
  const { events } = await openEventStream(server.url, WATCH, { id: 'x' });
  await events.next();
  const closed = server.close();
  expect((await events.next()).value?.event).toBe('complete');
  await closed;
});

test('stops watching when the client goes', async () => {
  await createPublic('leaving');
  const before = setup.server.watches();
  const stream = await watch({ id: 'leaving' });
  await stream.events.next();
  expect(setup.server.watches()).toBe(before + 1);
  stream.close();
  await expect.poll(() => setup.server.watches()).toBe(before);
});

describe('an error', () => {
  test('about a session that is not there is NOT_FOUND, then complete', async () => {
    const { events } = await watch({ id: 'nothing' });
    expect((await events.next()).value).toMatchObject({
      event: 'next',
      data: { errors: [{ path: ['frames'], extensions: { code: 'NOT_FOUND' } }] },
    });
    expect((await events.next()).value?.event).toBe('complete');
  });

  test('about a name that is none is BAD_USER_INPUT', async () => {
    const { events } = await watch({ id: 'a/b/c' });
    expect((await events.next()).value?.data.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('about a token is a plain 401', async () => {
    expect(await watch({ id: 'live' }, { authorization: 'Bearer no' })).toMatchObject({ status: 401 });
  });
});

test('a subscription that does not accept an event stream is 406 and leaves nothing behind', async () => {
  await createPublic('unread');
  const before = setup.server.watches();
  expect(await setup.anonymous(WATCH, { id: 'unread' })).toMatchObject({ status: 406, codes: ['BAD_USER_INPUT'] });
  await expect.poll(() => setup.server.watches()).toBe(before);
});

test('works by GET, as EventSource asks', async () => {
  await createPublic('by-get');
  const query = 'subscription { frames(sessionId: "by-get") { version } }';
  const response = await fetch(`${setup.server.url}?${new URLSearchParams({ query })}`, {
    headers: { accept: 'text/event-stream' },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"version":1')) text += (await reader?.read())?.value;
  await reader?.cancel();
});

test.each(['expires', 'is revoked'])(
  'that is being opened when its token %s ends at once, with the reason',
  async (how) => {
    let beforeWatch = async () => {};
    const server = await startGraphqlServer({ beforeWatch: () => beforeWatch() });
    onTestFinished(server.close);
    for (const name of ['open', 'opening']) {
      await server.sessions.create(ANONYMOUS, { name, public: true, template: TEMPLATE, args: {} });
    }
    const signIn = 'mutation { issueToken(userId: "alice", password: "alice password") { accessToken } }';
    const token =
      how === 'expires'
        ? (await server.tokens.issue(grantOf('alice'), 3)).token
        : (await createClient(server.url)(signIn)).data.issueToken.accessToken;
    const watchWith = async (id: string) => {
      const stream = await openEventStream(server.url, WATCH, { id }, { authorization: `Bearer ${token}` });
      onTestFinished(stream.close);
      return stream.events;
    };
    const open = await watchWith('open');
    expect((await open.next()).value).toMatchObject({ event: 'next', data: { data: { frames: { version: 1 } } } });

    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const watching = new Promise<void>((resolve) => {
      beforeWatch = () => {
        resolve();
        return held;
      };
    });
    const opening = watchWith('opening');
    await watching;
    if (how === 'is revoked') await createClient(server.url, token)('mutation { signOut }');
    const last = {
      event: 'next',
      data: { errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] },
    };
    expect((await open.next()).value).toEqual(last);
    go();
    const opened = await opening;
    const events = [];
    for await (const event of opened) events.push(event);
    expect(events.slice(-2)).toEqual([last, { event: 'complete', data: null }]);
    expect([server.dependents(), server.watches()]).toEqual([0, 0]);
  },
);
