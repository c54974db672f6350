import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisAvailable } from '../harness/redis-server.ts';
import { type AccessWorld, openAccessWorld } from './access-world.ts';
import { type Outcome, overHttp, overRest, overWebSocket } from './attempt.ts';
import { CALLERS, type CallerKind, INVALID, OPERATIONS, type Operation, VALID } from './operations.ts';

type Cells = Partial<Record<CallerKind, Outcome>>;

function expected({ codes, ignoresToken }: Operation, restCodes = codes): Cells {
  const valid = VALID.map((caller, at) => [caller, restCodes[at] ?? null] as const);
  const invalid = INVALID.map((caller) => [caller, ignoresToken ? null : 'UNAUTHENTICATED'] as const);
  return Object.fromEntries([...valid, ...invalid]);
}

describe.each(['embedded', 'Redis'] as const)('who may do what, on %s', (store) => {
  describe.skipIf(store === 'Redis' && !redisAvailable)('as the table says', () => {
    let world: AccessWorld;
    beforeAll(async () => {
      world = await openAccessWorld(store);
    });
    afterAll(() => world.close());

    async function everybody(
      operation: Operation,
      attempt: (authorization: string | undefined, fill: (text: string) => string) => Promise<Outcome>,
    ): Promise<Cells> {
      const cells: Cells = {};
      for (const caller of CALLERS) {
        const fill = await world.prepare(JSON.stringify(operation));
        cells[caller] = await attempt(await world.authorization(caller, operation.endsSignIn ?? false), fill);
      }
      return cells;
    }

    test.each(OPERATIONS)('$what', async (operation) => {
      const { graphql, rest, restCodes } = operation;
      if (graphql !== undefined) {
        expect(
          await everybody(operation, (token, fill) => overHttp(world.port, token, fill(graphql))),
          'GraphQL over HTTP',
        ).toEqual(expected(operation));
        expect(
          await everybody(operation, (token, fill) => overWebSocket(world.port, token, fill(graphql))),
          'GraphQL over WebSocket',
        ).toEqual(expected(operation));
      }
      if (rest !== undefined) {
        const cells = await everybody(operation, (token, fill) =>
          overRest(world.port, token, { ...rest, path: fill(rest.path) }),
        );
        expect(cells, 'REST').toEqual(expected(operation, restCodes));
      }
    });
  });
});

test('the table has a row for every field of the schema that asks for something', async () => {
  const { schema } = await import('../../src/graphql/schema.ts');
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  const asked = OPERATIONS.map(({ graphql = '' }) => graphql).join('\n');
  expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(asked))).toEqual([]);
});
