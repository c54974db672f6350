import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { ask } from '../auth/nodes.ts';
import { openEventStream, WATCH } from '../graphql/event-stream-client.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import type { RunningApp } from '../harness/app.ts';

export interface Link {
  readonly id: string;
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string | null;
  readonly maxFps: number | null;
}

/** A session of that user whose picture shows `n`. */
export async function createPicture(app: RunningApp, token: string, name: string, rest = 'visibility: PRIVATE') {
  const input = `{ name: "${name}", template: ${JSON.stringify(TEXT_TEMPLATE)}, args: {n: 1}, ${rest} }`;
  return (await ask(app, `mutation { createSession(input: ${input}) { id version visibility } }`, token)).createSession;
}

export async function update(app: RunningApp, token: string, id: string, change: string): Promise<number> {
  const query = `mutation { updateSession(input: {id: "${id}", ${change}}) { version } }`;
  return (await ask(app, query, token)).updateSession.version;
}

export async function createLink(app: RunningApp, token: string, id: string, wish = ''): Promise<Link> {
  const query = `mutation { createViewLink(sessionId: "${id}" ${wish}) { id token url expiresAt maxFps } }`;
  return (await ask(app, query, token)).createViewLink;
}

export async function revoke(app: RunningApp, token: string, id: string, link: Link): Promise<void> {
  await ask(app, `mutation { revokeViewLink(sessionId: "${id}", id: "${link.id}") }`, token);
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** All of an answer as text, but for what differs between any two: the time. A stream is cut after its head. */
export function wholeAnswer(
  app: RunningApp,
  { method = 'GET', path, headers = {}, body = '' }: Asked,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const type = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port: app.port, method, path, headers: { ...type, ...headers }, agent: false };
    const sent = request(options, async (response) => {
      const fields: string[] = [];
      for (let at = 0; at < response.rawHeaders.length; at += 2) {
        const [name = '', value = ''] = response.rawHeaders.slice(at);
        if (!/^date$/i.test(name)) fields.push(`${name}: ${value}`);
      }
      const isStream = /^multipart/.test(response.headers['content-type'] ?? '');
      const content = isStream ? '(stream)' : await text(response);
      if (isStream) sent.destroy();
      resolve([response.statusCode, ...fields, '', content].join('\n'));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A subscription over WebSocket, its messages one after the other. */
export async function openSocket(app: RunningApp, id: string, token?: string) {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(String(data)));
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  async function next(): Promise<string> {
    if (messages.length === 0) await once(socket, 'message');
    return messages.shift() ?? '';
  }
  send({ type: 'connection_init', payload: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  expect(await next()).toBe('{"type":"connection_ack"}');
  send({ id: '1', type: 'subscribe', payload: { query: WATCH, variables: { id } } });
  return { next };
}

/** A subscription over SSE, its events one after the other; `undefined` when it has ended. */
export async function openEvents(app: RunningApp, id: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const stream = await openEventStream(`${app.url}/graphql`, WATCH, { id }, headers);
  onTestFinished(stream.close);
  return { headers: stream.headers, next: async () => JSON.stringify((await stream.events.next()).value) };
}
