import type { Ask, Case } from '../case.ts';

const send = (method: string, contentType: string | null): Ask => ({
  ...{ do: 'send', body: '{"args":{"n":"sent"},"query":"{ me { id } }"}' },
  ...{ method, contentType },
});

const NO_CODING = { cannot: 'a message has no content coding' };
const NO_TYPE = { cannot: 'a message has no content type' };
const NO_METHOD = { cannot: 'a message has no method' };

const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/graphql',
  'application/merge-patch+json',
  'text/json',
  'application/json; charset=iso-8859-1',
  'application/json; charset="UTF-16"',
  'nonsense',
];

/** Headers, methods and content types. */
export const REQUESTS: readonly Case[] = [
  ...[...TYPES, null].map(
    (contentType): Case => ({
      what: `the content type ${contentType ?? 'that is absent'}`,
      ask: send('PUT', contentType),
      code: 'UNSUPPORTED_MEDIA_TYPE',
      'GraphQL over HTTP': 415,
      'GraphQL over WebSocket': NO_TYPE,
    }),
  ),
  ...['gzip', 'br', 'identity, deflate', 'nonsense'].map(
    (coding): Case => ({
      what: `the content coding ${coding}`,
      ask: { do: 'push', id: 'kept', args: '{"n":"encoded"}' },
      headers: { 'content-encoding': coding },
      code: 'UNSUPPORTED_MEDIA_TYPE',
      'GraphQL over HTTP': 415,
      'GraphQL over WebSocket': NO_CODING,
    }),
  ),
  {
    what: 'the content coding Identity and a charset that is UTF-8',
    ask: { do: 'push', id: 'kept', args: '{"n":"plain"}' },
    headers: { 'content-encoding': 'Identity', 'content-type': 'application/json; charset="UTF-8"' },
    code: null,
    shows: '>plain<',
    'GraphQL over WebSocket': NO_CODING,
  },
  {
    what: 'the method POST where none is',
    ask: send('POST', 'application/json'),
    code: 'BAD_USER_INPUT',
    REST: 405,
    'GraphQL over HTTP': { cannot: 'POST carries the operations there' },
    'GraphQL over WebSocket': NO_METHOD,
  },
  {
    what: 'the method OPTIONS by who asks nothing about CORS',
    ask: send('OPTIONS', 'application/json'),
    code: null,
    REST: 204,
    'GraphQL over HTTP': 204,
    'GraphQL over WebSocket': NO_METHOD,
  },
  ...(['PROPFIND', 'NOTHING'] as const).map(
    (method): Case => ({
      what: `the method ${method}, which the server does not know`,
      ask: send(method, 'application/json'),
      code: 'BAD_USER_INPUT',
      REST: method === 'NOTHING' ? 400 : 405,
      'GraphQL over HTTP': method === 'NOTHING' ? 400 : 405,
      'GraphQL over WebSocket': NO_METHOD,
    }),
  ),
  {
    what: 'a header of 1 MB',
    ask: { do: 'push', id: 'kept', args: '{"n":"x"}' },
    headers: { 'x-large': 'x'.repeat(1_048_576) },
    code: 'PAYLOAD_TOO_LARGE',
    REST: 431,
    'GraphQL over HTTP': 431,
    'GraphQL over WebSocket': 431,
  },
  {
    what: 'one session more than an address may make in a minute',
    ask: { do: 'create', name: 'one-too-many' },
    as: 'nobody',
    spent: true,
    code: 'RATE_LIMITED',
  },
];
