import type { ErrorCode } from '../../src/errors.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';

export const VALID = ['anonymous', 'owner', 'other', 'admin', 'push-only key'] as const;
export const INVALID = ['expired', 'revoked', 'disabled'] as const;
export const CALLERS = [...VALID, ...INVALID] as const;
export type CallerKind = (typeof CALLERS)[number];

/** null: done. */
type Code = ErrorCode | null;

export interface Operation {
  readonly what: string;
  /**
   * What is made anew for each attempt: `TARGET`, a session of the owner's; `PUBLIC`, a public one; `KEY` and `SECRET`, an
   * API key of the owner's; `SIGNIN`, a sign-in of the owner's; `REFRESH`, a refresh token of the bystander's.
   */
  readonly graphql?: string;
  readonly rest?: { readonly method: string; readonly path: string; readonly body?: unknown };
  /** In the order of `VALID`. */
  readonly codes: readonly [Code, Code, Code, Code, Code];
  /** Codes over REST where they are not those above. */
  readonly restCodes?: readonly [Code, Code, Code, Code, Code];
  /** Nobody looks at the token: one that is not valid does no harm. */
  readonly ignoresToken?: true;
  /** Tokens of each caller are made anew: the operation ends them. */
  readonly endsSignIn?: true;
}

const NO_TOKEN = 'UNAUTHENTICATED';
const NO = 'FORBIDDEN';
const OPEN = [null, null, null, null, null] as const;
const OWNERS = [NO_TOKEN, null, NO, NO, NO] as const;

const template = JSON.stringify(TEXT_TEMPLATE);

/** Every operation of the API, and who may do it. The key may push to `owner/named` and nothing else. */
export const OPERATIONS: readonly Operation[] = [
  { what: 'me', graphql: '{ me { id } }', codes: OPEN },
  { what: 'see the gallery', graphql: '{ templates { id template args } }', codes: OPEN },
  { what: 'see the filters', graphql: '{ filters { name parameters } }', codes: OPEN },
  {
    what: 'who am I',
    rest: { method: 'GET', path: '/api/auth/me' },
    codes: [NO_TOKEN, null, null, null, null],
  },
  {
    what: 'see an owned session',
    graphql: '{ session(id: "owner/named") { version viewers frame { svg } } }',
    codes: OPEN,
  },
  {
    what: 'read what an owned session is made of',
    graphql: '{ session(id: "owner/named") { template args } }',
    rest: { method: 'GET', path: '/api/user/owner/session/named' },
    codes: [NO, null, NO, NO, NO],
    restCodes: OWNERS,
  },
  {
    what: 'read what a public session is made of',
    graphql: '{ session(id: "open") { template args } }',
    rest: { method: 'GET', path: '/api/session/open' },
    codes: OPEN,
  },
  {
    what: 'list my sessions',
    graphql: '{ sessions { edges { node { id } } } }',
    codes: [NO_TOKEN, null, null, null, NO],
  },
  {
    what: 'search my sessions',
    graphql: '{ sessions(search: "x", sort: NAME) { edges { node { id } } } }',
    codes: [NO_TOKEN, null, null, null, NO],
  },
  {
    what: 'list the sessions of a user',
    graphql: '{ sessions(owner: "owner") { edges { node { id } } } }',
    rest: { method: 'GET', path: '/api/user/owner/sessions' },
    codes: [NO_TOKEN, null, NO, null, NO],
  },
  {
    what: 'list the public sessions',
    graphql: '{ publicSessions { edges { node { id } } } }',
    codes: [NO_TOKEN, NO, NO, null, NO],
  },
  {
    what: 'create a session of my own',
    graphql: `mutation { createSession(input: {template: ${template}}) { id } }`,
    codes: [NO_TOKEN, null, null, null, NO],
  },
  {
    what: "create one among the owner's",
    rest: { method: 'POST', path: '/api/user/owner/session', body: { session_id: 'new', template: TEXT_TEMPLATE } },
    codes: OWNERS,
  },
  {
    what: 'create a public session',
    graphql: `mutation { createSession(input: {template: ${template}, public: true, ttlSeconds: 60}) { id } }`,
    codes: [null, null, null, null, NO],
  },
  {
    what: 'try a template',
    graphql: `{ renderTemplate(template: ${template}) { svg errors { message } } }`,
    codes: [null, null, null, null, NO],
  },
  {
    what: 'replace the args of the session that the key is for',
    graphql: 'mutation { updateSession(input: {id: "owner/named", args: {n: 1}}) { version } }',
    rest: { method: 'PUT', path: '/api/user/owner/session/named', body: { args: { n: 1 } } },
    codes: [NO_TOKEN, null, NO, NO, null],
  },
  {
    what: 'merge into the args of the session that the key is for',
    graphql: 'mutation { updateSession(input: {id: "owner/named", patch: {n: 2}}) { version } }',
    rest: { method: 'PATCH', path: '/api/user/owner/session/named', body: { args: { n: 2 } } },
    codes: [NO_TOKEN, null, NO, NO, null],
  },
  {
    what: 'change the args of another owned session',
    graphql: 'mutation { updateSession(input: {id: "owner/TARGET", args: {n: 1}}) { version } }',
    rest: { method: 'PUT', path: '/api/user/owner/session/TARGET', body: { args: { n: 1 } } },
    codes: OWNERS,
  },
  {
    what: 'change the template of an owned session',
    graphql: `mutation { updateSession(input: {id: "owner/named", template: ${template}}) { version } }`,
    codes: OWNERS,
  },
  {
    what: 'change the time to live of an owned session',
    graphql: 'mutation { updateSession(input: {id: "owner/named", ttlSeconds: null}) { version } }',
    codes: OWNERS,
  },
  {
    what: 'change who sees an owned session',
    graphql: 'mutation { updateSession(input: {id: "owner/TARGET", visibility: PRIVATE}) { version } }',
    codes: OWNERS,
  },
  {
    what: 'make a view link of an owned session',
    graphql: 'mutation { createViewLink(sessionId: "owner/TARGET") { url } }',
    codes: OWNERS,
  },
  {
    what: 'list the view links of an owned session',
    graphql: '{ session(id: "owner/named") { viewLinks { url } } }',
    codes: OWNERS,
  },
  {
    what: 'revoke a view link of an owned session that there is not',
    graphql: 'mutation { revokeViewLink(sessionId: "owner/named", id: "none") }',
    codes: [NO_TOKEN, 'NOT_FOUND', NO, NO, NO],
  },
  {
    what: 'change the args of a public session',
    graphql: 'mutation { updateSession(input: {id: "open", patch: {n: 3}}) { version } }',
    rest: { method: 'PATCH', path: '/api/session/open', body: { args: { n: 3 } } },
    codes: [null, null, null, null, NO],
  },
  {
    what: 'change the template of a public session',
    graphql: `mutation { updateSession(input: {id: "open", template: ${template}}) { version } }`,
    codes: [NO, NO, NO, NO, NO],
  },
  {
    what: 'delete an owned session',
    graphql: 'mutation { deleteSession(id: "owner/TARGET") }',
    rest: { method: 'DELETE', path: '/api/user/owner/session/TARGET' },
    codes: [NO_TOKEN, null, NO, null, NO],
  },
  {
    what: 'delete a public session',
    graphql: 'mutation { deleteSession(id: "PUBLIC") }',
    codes: [NO, NO, NO, null, NO],
  },
  { what: 'list my sign-ins', graphql: '{ signIns { id current } }', codes: [NO_TOKEN, null, null, null, NO] },
  {
    what: 'sign out',
    graphql: 'mutation { signOut }',
    rest: { method: 'POST', path: '/api/auth/logout' },
    codes: [NO_TOKEN, null, null, null, NO],
    endsSignIn: true,
  },
  { what: 'list my API keys', graphql: '{ apiKeys { id scopes } }', codes: [NO_TOKEN, null, null, null, NO] },
  {
    what: 'make an API key',
    graphql: 'mutation { createApiKey(name: "another") { apiKey { id } } }',
    codes: [NO_TOKEN, null, null, null, NO],
  },
  {
    what: "revoke an API key of the owner's",
    graphql: 'mutation { revokeApiKey(id: "KEY") }',
    codes: [NO_TOKEN, null, 'NOT_FOUND', 'NOT_FOUND', NO],
  },
  {
    what: "end a sign-in of the owner's",
    graphql: 'mutation { endSignIn(id: "SIGNIN") }',
    codes: [NO_TOKEN, null, 'NOT_FOUND', 'NOT_FOUND', NO],
  },
  {
    what: 'change my password without knowing it',
    graphql: 'mutation { changePassword(current: "a wrong guess", next: "a good password") }',
    codes: [NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO],
  },
  {
    what: 'delete my account without knowing its password',
    graphql: 'mutation { deleteAccount(password: "a wrong guess") }',
    codes: [NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO],
  },
  {
    what: 'lock a user in or out',
    graphql: 'mutation { disableUser(userId: "bystander", disabled: false) }',
    codes: [NO_TOKEN, NO, NO, null, NO],
  },
  {
    what: 'sign in',
    graphql: 'mutation { issueToken(userId: "bystander", password: "bystander pass") { tokenType } }',
    codes: OPEN,
  },
  {
    what: 'sign in over REST',
    rest: { method: 'POST', path: '/api/auth/login', body: { user_id: 'bystander', password: 'bystander pass' } },
    codes: OPEN,
    ignoresToken: true,
  },
  {
    what: 'use a refresh token',
    graphql: 'mutation { refreshToken(refreshToken: "REFRESH") { tokenType } }',
    codes: OPEN,
  },
  { what: 'exchange an API key', graphql: 'mutation { exchangeApiKey(apiKey: "SECRET") { tokenType } }', codes: OPEN },
  {
    what: 'watch an owned session',
    graphql: 'subscription { frames(sessionId: "owner/named") { version } }',
    codes: OPEN,
  },
  {
    what: 'take its snapshot',
    rest: { method: 'GET', path: '/snapshot/owner/named' },
    codes: OPEN,
    ignoresToken: true,
  },
];
