import { expect } from 'vitest';
import { TEXT_TEMPLATE } from '../harness/api.ts';

/** One thing that clients of the 2025 API rely on. */
export interface Fact {
  readonly fact: string;
  /** Method and path. */
  readonly ask: `${'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'} /${string}`;
  readonly body?: unknown;
  /** With alice's token. */
  readonly alice?: true;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** The whole body; absent: it is empty. */
  readonly answer?: unknown;
  readonly answerHeaders?: Readonly<Record<string, unknown>>;
}

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const TEXT = expect.stringMatching(/\w/);
const ETAG = { etag: expect.stringMatching(/^"[\w-]+\.\d+"$/) };
const refusal = (code: string) => expect.objectContaining({ error: TEXT, code });
/** A body that creates this session. */
export const made = (session_id: string, more: object = {}) => ({ session_id, template: TEXT_TEMPLATE, ...more });
const ALICE = { user_id: 'alice', password: 'pass word' };
const TOKEN = expect.objectContaining({ token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
const KEYS = {
  keys: [{ kty: 'RSA', n: TEXT, e: 'AQAB', alg: 'RS256', use: 'sig', kid: TEXT }],
};
const CACHEABLE = { 'cache-control': expect.stringMatching(/public, max-age=\d+/) };

export const SIGN_IN: readonly Fact[] = [
  { fact: 'a token for user_id and password', ask: 'POST /api/auth/token', body: ALICE, status: 200, answer: TOKEN },
  { fact: 'the alias without /api', ask: 'POST /auth/token', body: ALICE, status: 200, answer: TOKEN },
  {
    fact: 'a token of 60 seconds',
    ask: 'POST /api/auth/token',
    body: { ...ALICE, ttl_seconds: 60 },
    status: 200,
    answer: TOKEN,
  },
  ...[59, 86_401].map(
    (ttl_seconds): Fact => ({
      fact: `none of ${ttl_seconds} seconds`,
      ask: 'POST /api/auth/token',
      body: { ...ALICE, ttl_seconds },
      status: 422,
      answer: refusal('BAD_USER_INPUT'),
    }),
  ),
  ...[
    { ...ALICE, password: 'wrong' },
    { ...ALICE, password: '' },
    { ...ALICE, user_id: '' },
  ].map(
    (body): Fact => ({
      fact: `none for ${JSON.stringify(body)}`,
      ask: 'POST /api/auth/token',
      body,
      status: 401,
      answer: refusal('UNAUTHENTICATED'),
    }),
  ),
  {
    fact: 'a missing field is of the wrong shape',
    ask: 'POST /api/auth/token',
    body: { user_id: 'alice' },
    status: 422,
    answer: refusal('BAD_USER_INPUT'),
  },
  { fact: 'the keys', ask: 'GET /.well-known/jwks.json', status: 200, answer: KEYS, answerHeaders: CACHEABLE },
  { fact: 'the keys under /api', ask: 'GET /api/auth/jwks', status: 200, answer: KEYS, answerHeaders: CACHEABLE },
];

export const PUBLIC: readonly Fact[] = [
  {
    fact: 'anybody creates a public session, for a day',
    ask: 'POST /api/session',
    body: made('new'),
    status: 201,
    answer: { session_id: 'new', expires_at: TIME },
    answerHeaders: ETAG,
  },
  {
    fact: 'once',
    ask: 'POST /api/session',
    body: made('pub'),
    status: 409,
    answer: refusal('CONFLICT'),
  },
  ...['1d 12h', '90s', '1.5h', '1M', '10y', '1000ms', '2weeks 1day', '1h30m'].map(
    (expire): Fact => ({
      fact: `expire may be ${expire}`,
      ask: 'POST /api/session',
      body: made(`for ${expire}`, { expire }),
      status: 201,
      answer: { session_id: `for ${expire}`, expires_at: TIME },
    }),
  ),
  ...['', '5', '1x', '0s', '999ms', '11y', '-1s', '1d,', 'd', '1e3s'].map(
    (expire): Fact => ({
      fact: `expire may not be ${JSON.stringify(expire)}`,
      ask: 'POST /api/session',
      body: made('never', { expire }),
      status: 400,
      answer: refusal('BAD_USER_INPUT'),
    }),
  ),
  {
    fact: 'a blank id is refused',
    ask: 'POST /api/session',
    body: made('  '),
    status: 400,
    answer: refusal('BAD_USER_INPUT'),
  },
  {
    fact: 'unknown fields and query parameters are ignored',
    ask: 'POST /api/session?unknown=1',
    body: made('ignoring', { unknown: { x: 1 }, ttl_seconds: 'x' }),
    status: 201,
    answer: { session_id: 'ignoring', expires_at: TIME },
  },
  {
    fact: 'anybody reads it',
    ask: 'GET /api/session/read',
    status: 200,
    answer: { session_id: 'read', template: TEXT_TEMPLATE, args: { n: 1, keep: 2 } },
    answerHeaders: ETAG,
  },
  {
    fact: 'anybody replaces its args',
    ask: 'PUT /api/session/pub',
    body: { args: { n: 2 } },
    status: 200,
    answer: { session_id: 'pub' },
    answerHeaders: ETAG,
  },
  {
    fact: 'anybody merges into its args',
    ask: 'PATCH /api/session/pub',
    body: { args: { n: null } },
    status: 200,
    answer: { session_id: 'pub' },
    answerHeaders: ETAG,
  },
  ...(['GET', 'PUT', 'PATCH'] as const).map(
    (method): Fact => ({
      fact: `${method} of none is 404`,
      ask: `${method} /api/session/nothing`,
      ...(method === 'GET' ? {} : { body: { args: {} } }),
      status: 404,
      answer: refusal('NOT_FOUND'),
    }),
  ),
  {
    fact: 'a broken token is refused even here',
    ask: 'GET /api/session/pub',
    headers: { authorization: 'Bearer broken' },
    status: 401,
    answer: refusal('UNAUTHENTICATED'),
    answerHeaders: { 'www-authenticate': expect.stringContaining('invalid_token') },
  },
];

export const OWNED: readonly Fact[] = [
  {
    fact: 'its owner creates an owned session, without expiry',
    ask: 'POST /api/user/alice/session',
    alice: true,
    body: made('new'),
    status: 201,
    answer: { user_id: 'alice', session_id: 'new', expires_at: null },
    answerHeaders: ETAG,
  },
  ...['ttl_seconds', 'expire_seconds'].map(
    (field): Fact => ({
      fact: `${field} gives it one`,
      ask: 'POST /api/user/alice/session',
      alice: true,
      body: made(field, { [field]: 60 }),
      status: 201,
      answer: { user_id: 'alice', session_id: field, expires_at: TIME },
    }),
  ),
  {
    fact: 'creating it again replaces it',
    ask: 'POST /api/user/alice/session',
    alice: true,
    body: made('replaced'),
    status: 201,
    answer: { user_id: 'alice', session_id: 'replaced', expires_at: null },
    answerHeaders: { etag: expect.stringMatching(/\.2"$/) },
  },
  ...['session', 'sessions'].map(
    (path): Fact => ({
      fact: `they are listed under /${path}`,
      ask: `GET /api/user/alice/${path}`,
      alice: true,
      status: 200,
      answer: { items: expect.arrayContaining([expect.objectContaining({ session_id: 'own' })]) },
    }),
  ),
  {
    fact: 'its owner reads it',
    ask: 'GET /api/user/alice/session/read',
    alice: true,
    status: 200,
    answer: { session_id: 'read', template: TEXT_TEMPLATE, args: { n: 1, keep: 2 } },
    answerHeaders: ETAG,
  },
  ...(['PUT', 'PATCH'] as const).map(
    (method): Fact => ({
      fact: `its owner writes it by ${method}`,
      ask: `${method} /api/user/alice/session/own`,
      alice: true,
      body: { args: { n: 2 } },
      status: 204,
      answerHeaders: ETAG,
    }),
  ),
  {
    fact: 'its owner deletes it',
    ask: 'DELETE /api/user/alice/session/doomed',
    alice: true,
    status: 204,
  },
  {
    fact: 'a condition that does not hold is 412',
    ask: 'PUT /api/user/alice/session/own',
    alice: true,
    headers: { 'if-match': '"x.1"' },
    body: { args: {} },
    status: 412,
    answer: refusal('CONFLICT'),
  },
  {
    fact: 'nobody is told to sign in',
    ask: 'GET /api/user/alice/session/own',
    status: 401,
    answer: refusal('UNAUTHENTICATED'),
    answerHeaders: { 'www-authenticate': expect.stringMatching(/^Bearer/) },
  },
  {
    fact: 'for somebody else the owner is forbidden, whether or not there is such a session',
    ask: 'GET /api/user/bob/session/nothing',
    alice: true,
    status: 403,
    answer: refusal('FORBIDDEN'),
  },
];
