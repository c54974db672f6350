import { afterAll, beforeAll } from 'vitest';
import { grantOf } from '../harness/callers.ts';
import { type GraphqlTestServer, startGraphqlServer } from '../harness/graphql-server.ts';
import { type Client, createClient } from './client.ts';

/** One server for the tests of a file, and its clients. */
export function useGraphqlServer() {
  let server: GraphqlTestServer;
  beforeAll(async () => {
    server = await startGraphqlServer();
  });
  afterAll(() => server.close());

  return {
    get server() {
      return server;
    },
    get anonymous(): Client {
      return createClient(server.url);
    },
    /** A client with a token of that user. */
    async as(userId: string): Promise<Client> {
      return createClient(server.url, await this.token(userId));
    },
    token: async (userId: string) => (await server.tokens.issue(grantOf(userId), 900)).token,
  };
}
