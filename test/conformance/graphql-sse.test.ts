import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
  await call(app.url, 'POST', '/api/session', { session_id: 'shown', template: TEXT_TEMPLATE, args: { n: 1 } });
});
afterAll(() => app.close());

const WATCH = 'subscription ($id: ID = "shown") { frames(sessionId: $id) { version } }';
const STREAM = { accept: 'text/event-stream' };

/** A request as no client library sends it, and all of its answer so far, byte for byte. */
async function send(method: string, body: unknown, headers: object = STREAM, path = '/graphql') {
  const json = body === null ? {} : { 'content-type': 'application/json' };
  const sent = request(app.url + path, { method, headers: { ...json, ...headers }, agent: false });
  onTestFinished(() => void sent.destroy());
  sent.end(body === null ? undefined : JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  let wake = () => {};
  response.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
    wake();
  });
  const ended = once(response, 'end').then(() => text);
  // A stream that goes on is cut off by its test, which then waits for no end.
  ended.catch(() => {});
  async function until(part: string): Promise<string> {
    while (!text.includes(part)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return text;
  }
  return { status: response.statusCode, headers: response.headers, until, ended };
}

const next = (data: object) => `event: next\ndata: ${JSON.stringify({ data })}\n\n`;
const COMPLETE = 'event: complete\ndata:\n\n';
/** Comments (pings, and the one that opens a stream) say nothing. */
const withoutComments = (text: string) => text.replace(/^:.*\n\n?/gm, '');

describe('graphql-sse in distinct connections mode', () => {
  test('an operation is a stream of `next`, ended by `complete`, byte for byte', async () => {
    await call(app.url, 'POST', '/api/session', { session_id: 'ends', template: TEXT_TEMPLATE, expire: '1s' });
    const stream = await send('POST', { query: WATCH, variables: { id: 'ends' } });
    expect(stream.status).toBe(200);
    expect(stream.headers['content-type']).toBe('text/event-stream');
    expect(withoutComments(await stream.ended)).toBe(next({ frames: { version: 1 } }) + COMPLETE);
  });

  test('a stream may be asked for by GET', async () => {
    const stream = await send('GET', null, STREAM, `/graphql?query=${encodeURIComponent(WATCH)}`);
    expect(stream.status).toBe(200);
    expect(withoutComments(await stream.until('event: next'))).toBe(next({ frames: { version: 1 } }));
  });

  test('queries and mutations come as a stream too, to whoever accepts nothing else', async () => {
    const query = await send('POST', { query: '{ me { id } }' });
    expect(withoutComments(await query.ended)).toBe(next({ me: null }) + COMPLETE);
    const mutation = await send('POST', {
      query: 'mutation { updateSession(input: {id: "shown", patch: {n: 1}}) { name } }',
    });
    expect(withoutComments(await mutation.ended)).toBe(next({ updateSession: { name: 'shown' } }) + COMPLETE);
  });

  test('HEAD tells what GET would say, without the stream, and watches nothing', async () => {
    const { status, headers, ended } = await send('HEAD', null, STREAM, `/graphql?query=${encodeURIComponent(WATCH)}`);
    expect([status, headers['content-type'], headers['content-length']]).toEqual([200, 'text/event-stream', undefined]);
    expect(await ended).toBe('');
    const metrics = async () => (await fetch(`${app.url}/metrics`)).text();
    await expect.poll(metrics, { timeout: 5000 }).toMatch(/^rsvg_watched_sessions 0$/m);
  });

  test.each([
    ['text/event-stream', '{ me { id } }', 'text/event-stream'],
    ['text/event-stream, application/json', '{ me { id } }', 'application/json; charset=utf-8'],
    ['*/*', '{ me { id } }', 'application/json; charset=utf-8'],
    ['*/*', WATCH, 'text/event-stream'],
    ['application/json, text/event-stream;q=0.5', WATCH, 'text/event-stream'],
  ])('Accept: %s gives %s as %s', async (accept, query, type) => {
    const stream = await send('POST', { query }, { accept });
    expect([stream.status, stream.headers['content-type']]).toEqual([200, type]);
  });

  test.each(['application/json', 'image/png'])('Accept: %s gets no subscription, and a reason', async (accept) => {
    const answer = await send('POST', { query: WATCH }, { accept });
    expect([answer.status, JSON.parse(await answer.ended).errors[0].extensions.code]).toEqual([406, 'BAD_USER_INPUT']);
  });

  test('a mutation by GET changes nothing', async () => {
    const query = 'mutation { updateSession(input: {id: "shown", patch: {n: 7}}) { name } }';
    const { status } = await send('GET', null, STREAM, `/graphql?query=${encodeURIComponent(query)}`);
    expect(status).toBe(405);
    expect((await call(app.url, 'GET', '/api/session/shown')).body.args).toEqual({ n: 1 });
  });

  const ONLY_ERRORS = /^event: next\ndata: \{"errors":\[.*"code":"BAD_USER_INPUT".*\]\}\n\nevent: complete\ndata:\n\n$/;
  const UNRUNNABLE = [
    ['a document that does not parse', { query: '{' }],
    ['a field that is not there', { query: 'subscription { nothing }' }],
    ['an operation that is not in the document', { query: WATCH, operationName: 'Other' }],
    ['a variable of another type', { query: WATCH, variables: { id: {} } }],
    ['no query', { variables: {} }],
    ['a variable that is missing', { query: 'query ($id: ID!) { session(id: $id) { id } }' }],
  ] as const;

  // "Validation steps that run before execution of the GraphQL operation MUST report errors through an accepted SSE
  // connection": with another status EventSource fails and tells its page nothing.
  test.each(UNRUNNABLE)('%s is told in a stream of 200 that ends', async (_what, body) => {
    const accepted = await send('POST', body);
    expect([accepted.status, accepted.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(withoutComments(await accepted.ended)).toMatch(ONLY_ERRORS);

    const byGet = new URLSearchParams(
      Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    );
    const got = await send('GET', null, STREAM, `/graphql?${byGet}`);
    expect(got.status).toBe(200);
    expect(withoutComments(await got.ended)).toMatch(ONLY_ERRORS);
  });

  test.each(UNRUNNABLE)('%s is 400 to a client that reads JSON as well', async (_what, body) => {
    const accept = 'text/event-stream, application/graphql-response+json';
    const { status, headers } = await send('POST', body, { accept });
    expect([status, headers['content-type']]).toEqual([400, 'application/graphql-response+json; charset=utf-8']);
  });

  test.each([
    ['a query that is no text', { query: 5 }],
    ['variables that are a list', { query: WATCH, variables: [] }],
    ['an unknown member', { query: WATCH, other: 1 }],
  ])('%s is no request of GraphQL over HTTP: 400', async (_what, body) => {
    const answer = await send('POST', body);
    expect(answer.status).toBe(400);
    expect(await answer.ended).toContain('"code":"BAD_USER_INPUT"');
  });

  test('comments keep a silent stream alive, the first at once', async () => {
    const stream = await send('POST', { query: WATCH });
    expect(await stream.until('event: next')).toMatch(/^:\n\nevent: next\n/);
  });

  test('of a session that is not there the stream is an error and an end', async () => {
    const { ended } = await send('POST', { query: WATCH, variables: { id: 'nobody-made-it' } });
    expect(withoutComments(await ended)).toMatch(
      /^event: next\ndata: \{.*"code":"NOT_FOUND".*\}\n\nevent: complete\ndata:\n\n$/,
    );
  });

  test('a stream ends with `complete` when its session is deleted', async () => {
    const headers = await bearer(app.url, 'alice');
    const made = { session_id: 'short', template: TEXT_TEMPLATE };
    await call(app.url, 'POST', '/api/user/alice/session', made, headers);
    const stream = await send('POST', { query: WATCH, variables: { id: 'alice/short' } });
    await stream.until('event: next');
    await call(app.url, 'DELETE', '/api/user/alice/session/short', undefined, headers);
    expect((await stream.ended).endsWith(COMPLETE)).toBe(true);
  });

  test('a token that is not valid is 401 before any stream', async () => {
    const { status, headers, ended } = await send('POST', { query: WATCH }, { ...STREAM, authorization: 'Bearer x' });
    expect([status, headers['www-authenticate']]).toEqual([401, expect.stringContaining('invalid_token')]);
    expect(JSON.parse(await ended).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  test('Last-Event-ID asks for nothing: events carry no ids, `after` is the way', async () => {
    const stream = await send('POST', { query: WATCH }, { ...STREAM, 'last-event-id': '1' });
    const text = withoutComments(await stream.until('event: next'));
    expect(text).toMatch(/^event: next\ndata: \{"data":\{"frames":\{"version":\d+\}\}\}\n\n$/);
  });
});

describe('graphql-sse in single connection mode, which is not offered,', () => {
  test.each([
    ['reserves', 'PUT', '/graphql'],
    ['stops', 'DELETE', '/graphql?operationId=1'],
  ])('%s nothing', async (_what, method, path) => {
    const { status, headers, ended } = await send(method, null, STREAM, path);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect(JSON.parse(await ended).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('takes a token of it for nothing: the operation is answered on its own connection', async () => {
    const stream = await send('POST', { query: '{ me { id } }' }, { ...STREAM, 'x-graphql-event-stream-token': 'x' });
    expect(withoutComments(await stream.ended)).toBe(next({ me: null }) + COMPLETE);
  });
});
