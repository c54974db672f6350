import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openEventStream, WATCH } from '../graphql/event-stream-client.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import type { RunningApp } from '../harness/app.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { ask, onTwoNodes, signIn } from './nodes.ts';

/** A subscription to the frames of one session, as WebSocket messages by hand. */
async function openSocket(app: RunningApp, id: string, token?: string) {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const next = async () => JSON.parse(String((await once(socket, 'message'))[0]));
  send({ type: 'connection_init', payload: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  expect(await next()).toEqual({ type: 'connection_ack' });
  send({ id: '1', type: 'subscribe', payload: { query: WATCH, variables: { id } } });
  expect(await next()).toMatchObject({ type: 'next' });
  return { next, closed: once(socket, 'close').then(([code]) => code as number) };
}

async function openEvents(app: RunningApp, id: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const stream = await openEventStream(`${app.url}/graphql`, WATCH, { id }, headers);
  onTestFinished(stream.close);
  const next = async () => (await stream.events.next()).value;
  expect(await next()).toMatchObject({ event: 'next', data: { data: { frames: { sessionId: id } } } });
  return { next };
}

const LAST = { errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] };

onTwoNodes('a stream', {}, (nodes) => {
  async function createPicture(userId: string, token: string) {
    const input = `{ name: "picture", template: ${JSON.stringify(TEXT_TEMPLATE)}, args: {n: 1} }`;
    await ask(nodes.one, `mutation { createSession(input: ${input}) { id } }`, token);
    return `${userId}/picture`;
  }

  test('that was opened with a token ends soon after its revocation, public viewing goes on', async () => {
    const owner = (await signIn(nodes.one, 'alice')).accessToken;
    const id = await createPicture('alice', owner);
    const { accessToken } = await signIn(nodes.one, 'alice');
    const ending = {
      socket: await openSocket(nodes.two, id, accessToken),
      events: await openEvents(nodes.two, id, accessToken),
    };
    const going = { socket: await openSocket(nodes.two, id), events: await openEvents(nodes.two, id) };
    const other = { socket: await openSocket(nodes.two, id, owner), events: await openEvents(nodes.two, id, owner) };
    const image = await readMultipart(nodes.two.port, '/stream/alice/picture');
    await image.until('>1<');

    await ask(nodes.one, 'mutation { signOut }', accessToken);
    expect(await ending.socket.closed).toBe(4403);
    expect(await ending.events.next()).toEqual({ event: 'next', data: LAST });
    expect(await ending.events.next()).toEqual({ event: 'complete', data: null });
    expect(await ending.events.next()).toBeUndefined();

    const messages = [going, other].flatMap(({ socket, events }) => [socket.next(), events.next()]);
    await ask(nodes.one, `mutation { updateSession(input: {id: "${id}", args: {n: 2}}) { version } }`, owner);
    for (const message of await Promise.all(messages)) expect(JSON.stringify(message)).toContain('"version":2');
    await image.until('>2<');
  });

  test('that was opened with an API key ends with the key, and one of a disabled user with the account', async () => {
    const { accessToken } = await signIn(nodes.one, 'bob');
    const id = await createPicture('bob', accessToken);
    const made = await ask(nodes.one, 'mutation { createApiKey(name: "k") { apiKey { id } secret } }', accessToken);
    const { apiKey, secret } = made.createApiKey;
    const byKey = { socket: await openSocket(nodes.two, id, secret), events: await openEvents(nodes.two, id, secret) };
    await ask(nodes.one, `mutation { revokeApiKey(id: "${apiKey.id}") }`, accessToken);
    expect(await byKey.socket.closed).toBe(4403);
    expect(await byKey.events.next()).toEqual({ event: 'next', data: LAST });

    const events = await openEvents(nodes.two, id, accessToken);
    const socket = await openSocket(nodes.two, id, accessToken);
    await ask(nodes.one, 'mutation { deleteAccount(password: "bob password") }', accessToken);
    expect(await socket.closed).toBe(4403);
    // The session went with the account: whichever is told first, the stream is over.
    const last = await events.next();
    if (last?.event === 'next') expect(last.data).toEqual(LAST);
    expect(last?.event === 'next' ? await events.next() : last).toEqual({ event: 'complete', data: null });
  });
});
