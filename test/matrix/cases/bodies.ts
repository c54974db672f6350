import { type Ask, type Case, NO_UTF8 } from '../case.ts';

const send = (body: string): Ask => ({ do: 'send', body });
const push = (args: string): Ask => ({ do: 'push', id: 'kept', args });
const deep = (levels: number) => `{"n":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

/** A message of WebSocket that is none of the protocol's. */
const NO_MESSAGE = 4400;

const UNREADABLE: readonly (readonly [string, string])[] = [
  ['broken off', '{"args":{"n":'],
  ['with single quotes', "{'args':{}}"],
  ['with a trailing comma', '{"args":{"n":1,}}'],
  ['NaN', '{"args":{"n":NaN}}'],
  ['two values', '{"args":{}} {"args":{}}'],
  ['XML', '<args/>'],
  ['an unpaired quote', '"'],
];

export const BODIES: readonly Case[] = [
  ...UNREADABLE.map(
    ([what, body]): Case => ({
      what: `a body that is not JSON: ${what}`,
      ask: send(body),
      code: 'BAD_USER_INPUT',
      REST: 400,
      'GraphQL over HTTP': 400,
      'GraphQL over WebSocket': NO_MESSAGE,
    }),
  ),
  ...['[]', 'null', '"text"', '5', 'true', '{}'].map(
    (body): Case => ({
      what: `a body of the wrong shape: ${body}`,
      ask: send(body),
      code: 'BAD_USER_INPUT',
      REST: 422,
      'GraphQL over HTTP': 400,
      'GraphQL over WebSocket': NO_MESSAGE,
    }),
  ),
  ...['[1]', '"n"', '7', 'null', 'false'].map(
    (args): Case => ({
      what: `args that are no object: ${args}`,
      ask: { do: 'create', name: 'shapeless', args },
      code: 'BAD_USER_INPUT',
      REST: 422,
      'GraphQL over HTTP': args === 'null' ? { cannot: 'GraphQL takes a null for an absent input' } : 400,
      ...(args === 'null' ? { 'GraphQL over WebSocket': { cannot: 'GraphQL takes a null for an absent input' } } : {}),
    }),
  ),
  {
    what: 'duplicate keys, of which the last counts',
    ask: push('{"n":"first","n":"last"}'),
    code: null,
    shows: 'last',
  },
  {
    what: 'the key __proto__, which is data',
    ask: push('{"__proto__":{"n":"no"},"n":"yes"}'),
    code: null,
    shows: 'yes',
  },
  {
    what: 'the keys constructor and prototype, which are data',
    ask: push('{"constructor":{"prototype":{"n":"no"}},"n":"yes"}'),
    code: null,
    shows: 'yes',
  },
  {
    what: 'the key __proto__ alone, which gives the template nothing',
    ask: push('{"__proto__":{"n":"polluted"}}'),
    code: null,
    shows: '<text></text>',
  },
  { what: 'a number beyond all numbers', ask: push('{"n":1e999}'), code: 'BAD_USER_INPUT' },
  { what: 'a number below all numbers, deep inside', ask: push('{"n":[{"m":-1e999}]}'), code: 'BAD_USER_INPUT' },
  { what: 'a number nearer to zero than any', ask: push('{"n":1e-999}'), code: null, shows: '<text>0</text>' },
  { what: 'half of a surrogate pair as an escape', ask: push('{"n":"\\ud800"}'), code: null, shows: '\ufffd' },
  { what: 'control characters as escapes', ask: push('{"n":"\\u0000\\u001b"}'), code: null, shows: '\ufffd\ufffd' },
  {
    what: 'bytes that are no UTF-8',
    ask: push(`{"n":"${NO_UTF8}"}`),
    code: 'BAD_USER_INPUT',
    'GraphQL over HTTP': 400,
    // RFC 6455, section 7.4.1.
    'GraphQL over WebSocket': 1007,
  },
  { what: 'args 24 levels deep', ask: push(deep(24)), code: null, shows: '<text>' },
  { what: 'args 25 levels deep', ask: push(deep(25)), code: 'BAD_USER_INPUT' },
  { what: 'args 100,000 levels deep', ask: push(deep(100_000)), code: 'BAD_USER_INPUT' },
  {
    what: 'a patch 100,000 levels deep',
    ask: { do: 'merge', id: 'kept', args: deep(100_000) },
    code: 'BAD_USER_INPUT',
  },
  {
    what: 'args one byte beyond the limit',
    ask: push(`{"n":"${'x'.repeat(1_048_576 - 7)}"}`),
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    what: 'a patch that makes the args too large',
    ask: { do: 'merge', id: 'kept', args: `{"more":"${'x'.repeat(1_048_576)}"}` },
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    what: 'ten megabytes',
    ask: push(`{"n":"${'x'.repeat(10_000_000)}"}`),
    code: 'PAYLOAD_TOO_LARGE',
    'GraphQL over HTTP': 413,
    'GraphQL over WebSocket': 1009,
  },
];
