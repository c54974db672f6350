import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { grantOf } from '../harness/callers.ts';
import { ALLOWED_ORIGIN, MAX_MESSAGE_BYTES } from '../harness/graphql-server.ts';
import { CREATE, createClient, readAnswer, TEMPLATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const JSON_TYPE = { 'content-type': 'application/json' };
const ME = JSON.stringify({ query: '{ me { id } }' });

const send = async (init: RequestInit, query = '') => readAnswer(await fetch(setup.server.url + query, init));
const post = (body: string, headers: Record<string, string> = JSON_TYPE) => send({ method: 'POST', body, headers });

describe("a request that carries no operation is refused in GraphQL's shape", () => {
  test.each([
    ['no JSON', '{"query', {}, 400, 'BAD_USER_INPUT'],
    ['an empty body', '', {}, 400, 'BAD_USER_INPUT'],
    ['an empty object', '{}', {}, 400, 'BAD_USER_INPUT'],
    ['a list of operations', `[${ME}]`, {}, 400, 'BAD_USER_INPUT'],
    ['null', 'null', {}, 400, 'BAD_USER_INPUT'],
    ['a query that is no text', '{"query": 5}', {}, 400, 'BAD_USER_INPUT'],
    ['variables that are a list', '{"query": "{ me { id } }", "variables": []}', {}, 400, 'BAD_USER_INPUT'],
    ['an unknown member', '{"query": "{ me { id } }", "other": 1}', {}, 400, 'BAD_USER_INPUT'],
    [
      'an unknown operation name',
      '{"query": "query A { me { id } }", "operationName": "B"}',
      {},
      400,
      'BAD_USER_INPUT',
    ],
    ['too much', JSON.stringify({ query: ' '.repeat(MAX_MESSAGE_BYTES) }), {}, 413, 'PAYLOAD_TOO_LARGE'],
    ['text', ME, { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['GraphQL text', '{ me { id } }', { 'content-type': 'application/graphql' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a form',
      'query={me{id}}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a multipart form', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('%s', async (_what, body, headers, status, code) => {
    const answer = await post(body, { ...JSON_TYPE, ...headers });
    expect({ status: answer.status, codes: answer.codes }).toEqual({ status, codes: [code] });
    expect(answer.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    expect(answer.data).toBeUndefined();
  });

  test('a POST without a body', async () => {
    expect(await send({ method: 'POST' })).toMatchObject({ status: 415, codes: ['UNSUPPORTED_MEDIA_TYPE'] });
  });

  test('a body without a content type', async () => {
    const body = new Blob([ME]).stream();
    const answer = await send({ method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(answer).toMatchObject({ status: 415, codes: ['UNSUPPORTED_MEDIA_TYPE'] });
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('another method: %s', async (method) => {
    const answer = await send({ method, body: 'x', headers: { 'content-type': 'text/plain' } });
    expect(answer).toMatchObject({ status: 405, codes: ['BAD_USER_INPUT'] });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  });

  test('a Host header that is no host', async () => {
    const socket = connect(setup.server.port, '127.0.0.1');
    socket.write('GET /graphql?query={me{id}} HTTP/1.1\r\nHost: [oops\r\nConnection: close\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('"BAD_USER_INPUT"');
  });
});

describe('the status of an operation', () => {
  const invalid = JSON.stringify({ query: '{ nothing }' });
  const syntax = JSON.stringify({ query: '{' });
  const variables = JSON.stringify({ query: 'query ($id: ID!) { session(id: $id) { id } }', variables: {} });

  test.each([
    ['does not parse', syntax],
    ['is not valid', invalid],
    ['lacks a variable', variables],
    ['is not in the document', JSON.stringify({ query: 'query A { __typename }', operationName: 'B' })],
  ])('that %s is 400, or 200 for who asks for application/json by name', async (_what, body) => {
    for (const accept of ['application/graphql-response+json', '*/*', 'application/graphql-response+json, */*']) {
      expect(await post(body, { ...JSON_TYPE, accept })).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
    }
    const legacy = await post(body, { ...JSON_TYPE, accept: 'application/json' });
    expect(legacy).toMatchObject({ status: 200, data: undefined, codes: ['BAD_USER_INPUT'] });
  });

  test('that ran is 200, refused or not', async () => {
    expect((await setup.anonymous(CREATE, { input: { template: TEMPLATE } })).status).toBe(200);
    expect((await post(ME)).status).toBe(200);
  });

  test('whose answer nobody accepts is 406', async () => {
    const answer = await post(ME, { ...JSON_TYPE, accept: 'image/png' });
    expect(answer).toMatchObject({ status: 406, codes: ['BAD_USER_INPUT'] });
  });
});

describe('the answer', () => {
  test('may be read by pages of the origins that CORS allows, an event stream too', async () => {
    for (const accept of ['application/json', 'text/event-stream', 'image/png']) {
      const headers = { ...JSON_TYPE, accept, origin: ALLOWED_ORIGIN };
      const answer = await fetch(setup.server.url, { method: 'POST', body: ME, headers });
      await answer.text();
      expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
      expect(answer.headers.get('vary')).toBe('Origin, Accept');
    }
  });

  test.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('to "Accept: %s" is %s', async (accept, type) => {
    const { headers } = await post(ME, { ...JSON_TYPE, accept });
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('GET', () => {
  const get = (params: Record<string, string>) => send({}, `?${new URLSearchParams(params)}`);

  test('runs a query, with variables', async () => {
    const query = 'query Q($id: ID!) { session(id: $id) { id } }';
    const answer = await get({ query, variables: '{"id": "nothing"}', operationName: 'Q' });
    expect(answer).toMatchObject({ status: 200, data: { session: null } });
  });

  test.each(['{', '[]', '5'])('refuses the variables %s', async (variables) => {
    expect(await get({ query: '{ me { id } }', variables })).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
  });

  test('never changes anything', async () => {
    const query = `mutation { createSession(input: { name: "by-get", public: true, template: "<svg/>" }) { id } }`;
    const answer = await get({ query });
    expect(answer).toMatchObject({ status: 405, codes: ['BAD_USER_INPUT'] });
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await setup.anonymous('{ session(id: "by-get") { id } }')).data).toEqual({ session: null });
  });

  test('without a query is 400', async () => {
    expect(await send({})).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
  });
});

describe('a token', () => {
  const authorized = (authorization: string, query = '') =>
    send(
      query ? { headers: { authorization } } : { method: 'POST', body: ME, headers: { ...JSON_TYPE, authorization } },
      query,
    );

  test.each(['Bearer nonsense', 'Bearer', 'Basic YTpi', ''])(
    'that is not good, "%s", is 401 before anything else',
    async (it) => {
      const answer = await authorized(it);
      expect(answer).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'], data: undefined });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect((await authorized(it || 'x', '?query={me{id}}')).status).toBe(401);
      expect((await post('{', { ...JSON_TYPE, authorization: it || 'x' })).status).toBe(401);
    },
  );

  test('that has expired is 401', async () => {
    const { token } = await setup.server.tokens.issue(grantOf('alice'), -1);
    expect(await createClient(setup.server.url, token)('{ me { id } }')).toMatchObject({ status: 401 });
  });

  test('in a cookie is not read', async () => {
    const cookie = `token=${await setup.token('alice')}; authorization=Bearer ${await setup.token('alice')}`;
    expect((await post(ME, { ...JSON_TYPE, cookie })).data).toEqual({ me: null });
  });
});
