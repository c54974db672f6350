import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GraphqlTestServer, startGraphqlServer } from '../harness/graphql-server.ts';
import { CREATE, createClient, TEMPLATE } from './client.ts';

let server: GraphqlTestServer;
beforeAll(async () => {
  server = await startGraphqlServer({
    pictureUrl: () => {
      throw new TypeError('the password of the database is hunter2');
    },
  });
});
afterAll(() => server.close());

test('a bug is INTERNAL with an id that stands in the log beside its cause, and tells nothing else', async () => {
  const client = createClient(server.url);
  await client(CREATE.replace('streamUrl', ''), { input: { name: 'x', public: true, template: TEMPLATE } });
  const { status, data, errors, codes } = await client('{ session(id: "x") { id streamUrl } }');

  expect({ status, data, codes }).toEqual({ status: 200, data: { session: null }, codes: ['INTERNAL'] });
  expect(JSON.stringify(errors)).not.toContain('hunter2');
  expect(errors?.[0]?.path).toEqual(['session', 'streamUrl']);
  const id = errors?.[0]?.extensions.id;
  expect(server.logged.filter(({ level }) => level === 'error')).toEqual([
    { level: 'error', message: 'internal error', fields: { id, err: expect.any(TypeError) } },
  ]);
});
