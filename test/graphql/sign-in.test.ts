import { describe, expect, test } from 'vitest';
import { createClient } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const SIGN_IN = `mutation ($userId: String!, $password: String!, $ttlSeconds: Int) {
  issueToken(userId: $userId, password: $password, ttlSeconds: $ttlSeconds) {
    accessToken tokenType expiresIn refreshToken created user { id }
  }
}`;

test('the first sign-in claims the user id, the next one needs its password, and the token works', async () => {
  const first = await setup.anonymous(SIGN_IN, { userId: 'alice', password: 'correct horse' });
  expect(first.data.issueToken).toEqual({
    accessToken: expect.any(String),
    refreshToken: expect.stringMatching(/^rsvr_/),
    ...{ tokenType: 'Bearer', expiresIn: 900, created: true, user: { id: 'alice' } },
  });
  const again = await setup.anonymous(SIGN_IN, { userId: 'alice', password: 'correct horse', ttlSeconds: 60 });
  expect(again.data.issueToken).toMatchObject({ created: false, expiresIn: 60 });

  const alice = createClient(setup.server.url, again.data.issueToken.accessToken);
  expect((await alice('{ me { id } }')).data).toEqual({ me: { id: 'alice' } });
  expect((await setup.anonymous('{ me { id } }')).data).toEqual({ me: null });
});

test.each([
  [{ userId: 'alice', password: 'wrong' }, 'UNAUTHENTICATED'],
  [{ userId: 'alice', password: '' }, 'UNAUTHENTICATED'],
  [{ userId: 'alice', password: 'x'.repeat(1025) }, 'BAD_USER_INPUT'],
  [{ userId: 'free', password: '7 chars' }, 'BAD_USER_INPUT'],
  [{ userId: 'a/b', password: 'x' }, 'BAD_USER_INPUT'],
  [{ userId: 'bob', password: 'x', ttlSeconds: 59 }, 'BAD_USER_INPUT'],
  [{ userId: 'bob', password: 'x', ttlSeconds: 86_401 }, 'BAD_USER_INPUT'],
])('%j is refused', async (variables, code) => {
  const { status, codes } = await setup.anonymous(SIGN_IN, variables);
  expect({ status, codes }).toEqual({ status: 200, codes: [code] });
});

test('more sign-ins at once than may wait are UNAVAILABLE, the others succeed', async () => {
  const sent = Array.from({ length: 50 }, (_, n) =>
    setup.anonymous(SIGN_IN, { userId: `crowd-${n}`, password: 'password' }),
  );
  const codes = new Set((await Promise.all(sent)).map((answer) => answer.codes[0] ?? 'none'));
  expect(codes).toEqual(new Set(['none', 'UNAVAILABLE']));
});

describe('an operation holds at most one sign-in field', () => {
  const guess = (password: string) => `issueToken(userId: "victim", password: "${password}") { accessToken }`;

  test.each([
    ['aliases', `mutation { a: ${guess('1')} b: ${guess('2')} }`],
    ['a fragment', `mutation { a: ${guess('1')} ...F } fragment F on Mutation { b: ${guess('2')} }`],
    ['an inline fragment', `mutation { a: ${guess('1')} ... on Mutation { b: ${guess('2')} } }`],
    [
      'fragments in fragments',
      `mutation { ...F } fragment F on Mutation { a: ${guess('1')} ...G }
      fragment G on Mutation { b: ${guess('2')} }`,
    ],
  ])('with %s', async (_how, query) => {
    const { status, data, errors } = await setup.anonymous(query);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors?.[0]).toMatchObject({
      message: 'An operation holds at most one sign-in field.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await setup.server.storage.accounts.find('victim')).toBeNull();
  });

  test('but each operation of a document may hold one', async () => {
    const query = `mutation A { ${guess('password')} } mutation B { ${guess('password')} }`;
    expect((await setup.anonymous(query, {}, 'B')).data.issueToken.accessToken).toEqual(expect.any(String));
  });
});
