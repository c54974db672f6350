import { parseSessionId } from '../../src/sessions/session-id.ts';
import { type Ask, NO_UTF8, TEMPLATE } from './case.ts';
import type { Sent } from './request.ts';

const json = JSON.stringify;

/** The bytes of a text in which `NO_UTF8` stands for bytes that are none. */
export function bytesOf(text: string): Buffer {
  const [before = '', ...after] = text.split(NO_UTF8);
  return Buffer.concat([
    Buffer.from(before),
    ...after.flatMap((part) => [Buffer.from([0xff, 0xfe, 0xfd]), Buffer.from(part)]),
  ]);
}

/** Each half as it is: what makes a name wrong must reach the server. */
function pathOf(id: string): string {
  const slash = id.indexOf('/');
  // WHATWG's encoder refuses halves of surrogate pairs, which no URL can carry.
  const encode = (part: string) => encodeURIComponent(part).replace(/\./g, '%2E');
  if (slash === -1) return `/api/session/${encode(id)}`;
  return `/api/user/${encode(id.slice(0, slash))}/session/${encode(id.slice(slash + 1))}`;
}

const METHODS = { push: 'PUT', merge: 'PATCH', delete: 'DELETE', read: 'GET' } as const;

export function restRequest(ask: Ask): Sent {
  const type = { 'content-type': 'application/json' };
  switch (ask.do) {
    case 'create': {
      const { name, template = TEMPLATE, args = '{}' } = ask;
      const body = `{"session_id":${json(name)},"template":${json(template)},"args":${args}}`;
      return { method: 'POST', path: '/api/session', headers: type, body: bytesOf(body) };
    }
    case 'push':
    case 'merge': {
      const condition = ask.onlyIf ? { 'if-match': '"another-epoch.1"' } : {};
      const body = bytesOf(`{"args":${ask.args}}`);
      return { method: METHODS[ask.do], path: pathOf(ask.id), headers: { ...type, ...condition }, body };
    }
    case 'delete':
    case 'read':
      return { method: METHODS[ask.do], path: pathOf(ask.id) };
    case 'send': {
      const { method = 'PUT', contentType = 'application/json', body } = ask;
      const headers = contentType === null ? {} : { 'content-type': contentType };
      return { method, path: '/api/session/kept', headers, body };
    }
  }
}

const DOCUMENTS = {
  create: 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { id } }',
  push: 'mutation ($input: UpdateSessionInput!) { updateSession(input: $input) { id } }',
  merge: 'mutation ($input: UpdateSessionInput!) { updateSession(input: $input) { id } }',
  delete: 'mutation ($id: ID!) { deleteSession(id: $id) }',
  read: 'query ($id: ID!) { session(id: $id) { template args } }',
} as const;

/** `{"query", "variables"}`, or the text that stands in its place. */
export function graphqlBody(ask: Ask): string {
  const operation = (variables: string) =>
    `{"query":${json(DOCUMENTS[ask.do as keyof typeof DOCUMENTS])},"variables":${variables}}`;
  switch (ask.do) {
    case 'create': {
      const { name, template = TEMPLATE, args = '{}' } = ask;
      const input = `"name":${json(name)},"template":${json(template)},"args":${args},"public":true`;
      return operation(`{"input":{${input}}}`);
    }
    case 'push':
    case 'merge': {
      const field = ask.do === 'push' ? 'args' : 'patch';
      const condition = ask.onlyIf ? ',"ifVersion":0' : '';
      return operation(`{"input":{"id":${json(ask.id)},"${field}":${ask.args}${condition}}}`);
    }
    case 'delete':
    case 'read':
      return operation(`{"id":${json(ask.id)}}`);
    case 'send':
      return ask.body;
  }
}

/** How the name is stored: the id by which it is found again. */
export const storedPath = (name: string) => pathOf(parseSessionId(name).name);
