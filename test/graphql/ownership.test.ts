import { beforeAll, describe, expect, test } from 'vitest';
import { CREATE, DELETE, TEMPLATE, UPDATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const SOURCE = 'query ($id: ID!) { session(id: $id) { id template args warnings frame { svg } } }';

beforeAll(async () => {
  await (await setup.as('alice'))(CREATE, { input: { name: 'mine', template: TEMPLATE, args: { price: 1 } } });
  await setup.anonymous(CREATE, { input: { name: 'open', public: true, template: TEMPLATE, args: { price: 1 } } });
});

const clients = {
  anonymous: async () => setup.anonymous,
  other: () => setup.as('bob'),
  owner: () => setup.as('alice'),
};

describe('an owned session', () => {
  test.each([
    ['anonymous', 'UNAUTHENTICATED'],
    ['other', 'FORBIDDEN'],
  ] as const)('is not written by %s', async (who, code) => {
    const client = await clients[who]();
    expect((await client(UPDATE, { input: { id: 'alice/mine', args: {} } })).codes).toEqual([code]);
    expect((await client(DELETE, { id: 'alice/mine' })).codes).toEqual([code]);
    expect((await client(UPDATE, { input: { id: 'alice/none', args: {} } })).codes).toEqual([code]);
  });

  test.each(['anonymous', 'other'] as const)('shows %s its picture, not its source', async (who) => {
    const { status, data, errors } = await (await clients[who]())(SOURCE, { id: 'alice/mine' });
    expect(status).toBe(200);
    expect(data.session).toMatchObject({ id: 'alice/mine', template: null, args: null, warnings: null });
    expect(data.session.frame.svg).toContain('>1</text>');
    expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual([
      ['template', 'FORBIDDEN'],
      ['args', 'FORBIDDEN'],
      ['warnings', 'FORBIDDEN'],
    ]);
  });

  test('shows its owner all', async () => {
    const { data, errors } = await (await clients.owner())(SOURCE, { id: 'alice/mine' });
    expect(errors).toBeUndefined();
    expect(data.session).toMatchObject({ template: TEMPLATE, args: { price: 1 }, warnings: [] });
  });

  test('is not created without a token', async () => {
    expect((await setup.anonymous(CREATE, { input: { template: TEMPLATE } })).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a public session', () => {
  test.each(['anonymous', 'other'] as const)('lets %s see all and change its args', async (who) => {
    const client = await clients[who]();
    expect((await client(SOURCE, { id: 'open' })).data.session).toMatchObject({ template: TEMPLATE, warnings: [] });
    const { data } = await client(UPDATE, { input: { id: 'open', patch: { price: who } } });
    expect(data.updateSession.args).toEqual({ price: who });
  });

  test.each([{ template: TEMPLATE }, { ttlSeconds: 5 }, { ttlSeconds: null }])(
    'keeps its substance: %j is FORBIDDEN',
    async (change) => {
      const { codes } = await (await clients.other())(UPDATE, { input: { id: 'open', args: {}, ...change } });
      expect(codes).toEqual(['FORBIDDEN']);
    },
  );

  test('is not deleted by anybody', async () => {
    expect((await setup.anonymous(DELETE, { id: 'open' })).codes).toEqual(['FORBIDDEN']);
  });
});
