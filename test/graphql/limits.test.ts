import { getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { CREATE, TEMPLATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const times = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ');

describe('an operation that asks for too much is refused before it runs', () => {
  test.each([
    ['tokens', `{ ${times(1001, () => 'me')} ${times(1001, () => 'me')} }`, /token/],
    ['aliases', `{ ${times(150, (n) => `a${n}: me { id }`)} }`, /fields and aliases/],
    [
      'aliases in fragments that double',
      `{ ...F0 } ${times(9, (n) => `fragment F${n} on Query { a${n}: me { id } ...F${n + 1} b${n}: me { id } ...F${n + 1} }`)}
       fragment F9 on Query { z: me { id } }`,
      /fields and aliases/,
    ],
    [
      'pages',
      '{ a: sessions(first: 200) { edges { node { id name version viewers frame { svg version } template args warnings } } } b: sessions(first: 200) { edges { node { id name version frame { svg version } template args warnings } } } }',
      /cost/,
    ],
    ['writes', `mutation { ${times(21, (n) => `a${n}: deleteSession(id: "x")`)} }`, /cost/],
  ])('%s', async (_what, query, message) => {
    const { status, data, errors, codes } = await setup.anonymous(query);
    expect({ status, data, codes }).toEqual({ status: 400, data: undefined, codes: ['BAD_USER_INPUT'] });
    expect(errors?.[0]?.message).toMatch(message);
  });

  test('counted with the size of the page that a variable gives, each time anew', async () => {
    const alice = await setup.as('alice');
    const fields =
      'edges { cursor node { id name version createdAt updatedAt expiresAt frame { svg } template args } }';
    const query = `query ($first: Int!) { a: sessions(first: $first) { ${fields} } b: sessions(first: $first) { ${fields} } }`;
    expect((await alice(query, { first: 10 })).status).toBe(200);
    expect((await alice(query, { first: 200 })).status).toBe(400);
    expect((await alice(query, { first: 10 })).status).toBe(200);
  });
});

test("GraphiQL's introspection query is within the limits", async () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true });
  const { status, data, errors } = await setup.anonymous(query);
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  expect(data.__schema.types.length).toBeGreaterThan(10);
});

test('introspection that nests without end is refused', async () => {
  const { codes } = await setup.anonymous(
    `{ __schema { types { ${times(5, () => 'fields { type {')} name ${times(5, () => '} }')} } } }`,
  );
  expect(codes).toEqual(['BAD_USER_INPUT']);
});

describe('brackets nested as deep as the tokens allow are refused before anything recurses', () => {
  const update = (args: string) => `mutation { updateSession(input: { id: "x", args: ${args}`;

  test.each([
    ['lists', update(`{ a: ${'['.repeat(950)}${']'.repeat(950)} } }) { id } }`)],
    ['objects', update(`${'{a:'.repeat(480)}1${'}'.repeat(480)} }) { id } }`)],
    ['unclosed lists', update(`{ a: ${'['.repeat(1900)}`)],
    ['fields', `${'{ session '.repeat(900)} ${'}'.repeat(900)}`],
    ['inline fragments', `{ ${'... { '.repeat(480)} me { id } ${'}'.repeat(480)} }`],
  ])('%s', async (_what, query) => {
    const { errors, codes } = await setup.anonymous(query);
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(errors?.[0]?.message).toContain('nested deeper than');
  });
});

test('brackets in strings and comments do not count', async () => {
  const { data } = await setup.anonymous(`{ # ${'{'.repeat(60)}
    session(id: "${'['.repeat(60)}") { id } }`);
  expect(data).toEqual({ session: null });
});

test('a template written into the document passes', async () => {
  const alice = await setup.as('alice');
  const template = `<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(10_000)}</svg>`;
  const query = `mutation { createSession(input: { template: ${JSON.stringify(template)} }) { template } }`;
  expect((await alice(query)).data).toEqual({ createSession: { template } });
});

test('the same document is answered anew with other variables', async () => {
  const alice = await setup.as('alice');
  const names = ['one', 'two'];
  for (const name of names) {
    expect((await alice(CREATE, { input: { name, template: TEMPLATE } })).data.createSession.name).toBe(name);
  }
});

test('a document that was good is refused with wrong variables and with a wrong name as it was before', async () => {
  const query = 'query Picture ($id: ID!) { session(id: $id) { version } }';
  const wrong = async () => [
    await setup.anonymous(query, {}),
    await setup.anonymous(query, { id: {} }),
    await setup.anonymous(query, { id: 'x' }, 'Sound'),
  ];
  const answers = async () => (await wrong()).map(({ status, data, errors }) => ({ status, data, errors }));
  const before = await answers();
  expect((await setup.anonymous(query, { id: 'x' }, 'Picture')).data).toEqual({ session: null });
  expect(await answers()).toEqual(before);
  expect(before.map(({ status, data }) => [status, data])).toEqual([
    [400, undefined],
    [400, undefined],
    [400, undefined],
  ]);
});
