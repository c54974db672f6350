import { beforeAll, expect, test } from 'vitest';
import { CREATE, DELETE, TEMPLATE, UPDATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const PAGE = `query ($first: Int, $after: String) {
  sessions(first: $first, after: $after) {
    edges { cursor node { id viewers template args warnings frame { svg } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const ids = (data: { sessions: { edges: { node: { id: string } }[] } }) =>
  data.sessions.edges.map(({ node }) => node.id);

beforeAll(async () => {
  const alice = await setup.as('alice');
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await alice(CREATE, { input: { name, template: TEMPLATE, args: { price: name } } });
  }
  await alice(UPDATE, { input: { id: 'alice/b', patch: {} } });
  await (await setup.as('bob'))(CREATE, { input: { name: 'other', template: TEMPLATE } });
});

test('pages run through all of the own sessions, newest change first', async () => {
  const alice = await setup.as('alice');
  const first = (await alice(PAGE, { first: 2 })).data;
  expect(ids(first)).toEqual(['alice/b', 'alice/e']);
  const { startCursor, endCursor, ...has } = first.sessions.pageInfo;
  expect(has).toEqual({ hasNextPage: true, hasPreviousPage: false });
  expect([startCursor, endCursor]).toEqual(first.sessions.edges.map(({ cursor }: { cursor: string }) => cursor));

  const second = (await alice(PAGE, { first: 2, after: endCursor })).data;
  expect(ids(second)).toEqual(['alice/d', 'alice/c']);
  const third = (await alice(PAGE, { first: 2, after: second.sessions.pageInfo.endCursor })).data;
  expect(ids(third)).toEqual(['alice/a']);
  expect(third.sessions.pageInfo.hasNextPage).toBe(false);
});

const SEARCH = `query ($first: Int, $after: String, $search: String, $sort: SessionSort) {
  sessions(first: $first, after: $after, search: $search, sort: $sort) {
    edges { node { id } } pageInfo { hasNextPage endCursor }
  }
}`;

test('the list is searched and sorted as asked, page by page', async () => {
  const alice = await setup.as('searcher');
  for (const name of ['Berlin', 'apfel', 'bern', 'Zug']) {
    await alice(CREATE, { input: { name, template: TEMPLATE } });
  }
  const asked = async (variables: object) => ids((await alice(SEARCH, variables)).data).map((id) => id.split('/')[1]);
  expect(await asked({ sort: 'NAME' })).toEqual(['apfel', 'Berlin', 'bern', 'Zug']);
  expect(await asked({ sort: 'CHANGED', search: ' BE ' })).toEqual(['bern', 'Berlin']);
  expect(await asked({ search: '  ' })).toHaveLength(4);
  expect(await asked({ sort: null, search: null })).toEqual(['Zug', 'bern', 'apfel', 'Berlin']);
  const { pageInfo } = (await alice(SEARCH, { first: 2, sort: 'NAME' })).data.sessions;
  expect(pageInfo.hasNextPage).toBe(true);
  expect(await asked({ first: 2, sort: 'NAME', after: pageInfo.endCursor })).toEqual(['bern', 'Zug']);
  // A cursor belongs to its order.
  expect((await alice(SEARCH, { after: pageInfo.endCursor })).codes).toEqual(['BAD_USER_INPUT']);
  expect((await alice(SEARCH, { search: '😀'.repeat(128) })).codes).toEqual([]);
  expect((await alice(SEARCH, { search: 'x'.repeat(129) })).codes).toEqual(['BAD_USER_INPUT']);
});

test('a listed session has all its fields', async () => {
  const { data, errors } = await (await setup.as('alice'))(PAGE, { first: 1 });
  expect(errors).toBeUndefined();
  expect(data.sessions.edges[0].node).toMatchObject({
    ...{ template: TEMPLATE, args: { price: 'b' }, warnings: [] },
    frame: { svg: expect.stringContaining('>b</text>') },
  });
});

test('nobody without a token has a list; an empty one has no cursors', async () => {
  const { data, codes } = await setup.anonymous(PAGE);
  expect({ data, codes }).toEqual({ data: null, codes: ['UNAUTHENTICATED'] });

  const carol = await setup.as('carol');
  expect((await carol(PAGE)).data.sessions).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test.each([0, -1, 201])('"first" of %i is refused', async (first) => {
  expect((await (await setup.as('alice'))(PAGE, { first })).codes).toEqual(['BAD_USER_INPUT']);
});

test('a full page of everything is within the limits, and null is the default size', async () => {
  const alice = await setup.as('alice');
  expect(ids((await alice(PAGE, { first: 200 })).data)).toHaveLength(5);
  expect(ids((await alice(PAGE, { first: null, after: null })).data)).toHaveLength(5);
});

test('a cursor that is none is refused', async () => {
  expect((await (await setup.as('alice'))(PAGE, { after: 'nonsense' })).codes).toEqual(['BAD_USER_INPUT']);
});

test('a deleted session leaves the list', async () => {
  const alice = await setup.as('alice');
  await alice(DELETE, { id: 'alice/e' });
  expect(ids((await alice(PAGE)).data)).toEqual(['alice/b', 'alice/d', 'alice/c', 'alice/a']);
});
