import { createSourceEventStream, executeSync, type GraphQLResolveInfo, parse } from 'graphql';
import { expect, test } from 'vitest';
import { planLeafResults } from '../../src/graphql/leaf-results.ts';
import { schema } from '../../src/graphql/schema.ts';
import { ANONYMOUS } from '../harness/callers.ts';

const FRAME = {
  ...{ sessionId: { owner: 'alice', name: 'ä/"' }, epoch: 'e', version: 7 },
  ...{ svg: '<svg>"\\\n\u2028\ud800 😀</svg>', renderedAt: 1_700_000_000_000 },
};

/** What the subscription hands to its transport. */
async function infoOf(query: string): Promise<GraphQLResolveInfo> {
  const infos: GraphQLResolveInfo[] = [];
  const handover = { begun: true, begin: async ({ info }: { info: GraphQLResolveInfo }) => infos.push(info) };
  const contextValue = { caller: ANONYMOUS, handover };
  await createSourceEventStream({ schema, document: parse(query), contextValue });
  return infos[0] as GraphQLResolveInfo;
}

const ALL =
  'subscription { f: frames(sessionId: "s") { etag ...F __typename } } fragment F on Frame { sessionId a: version svg renderedAt svg }';

test('a planned result is to the byte what graphql makes of the frame', async () => {
  const planned = planLeafResults(await infoOf(ALL), {});
  expect(planned?.(FRAME)).toBe(JSON.stringify(executeSync({ schema, document: parse(ALL), rootValue: FRAME })));
});

test.each([
  ['that is absent', { svg: undefined }],
  ['that is null', { svg: null }],
  ['that its type does not take', { version: 2 ** 40 }],
  ['that comes later', { svg: Promise.resolve('<svg/>') }],
  ['that is an error', { svg: new Error('not today') }],
])('a frame with a field %s is left to graphql', async (_what, change) => {
  const planned = planLeafResults(await infoOf(ALL), {});
  expect(planned?.({ ...FRAME, ...(change as object) })).toBeNull();
});

test('a switch without a value is left to graphql, which has the words for it', async () => {
  const query = 'subscription ($on: Boolean = true) { frames(sessionId: "s") { svg @include(if: $on) } }';
  const info = await infoOf(query);
  expect(planLeafResults(info, { on: null })).toBeNull();
  expect(planLeafResults(info, { on: false })?.(FRAME)).toBe('{"data":{"frames":{}}}');
});
