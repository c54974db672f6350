import { describe, expect, test } from 'vitest';
import { createClient } from '../graphql/client.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import type { RunningApp } from '../harness/app.ts';
import { DEPLOYMENTS, limitedNodes, signIn, skipped } from './limited-nodes.ts';

const PREVIEW = `renderTemplate(template: ${JSON.stringify(TEXT_TEMPLATE)}) { svg }`;
const FOUR = `{ ${Array.from({ length: 4 }, (_, n) => `f${n}: ${PREVIEW}`).join(' ')} }`;

describe.each(DEPLOYMENTS)('on %s', (_, onRedis) => {
  describe.skipIf(skipped(onRedis))('previews', () => {
    /** Four each, on all servers in turn. @returns codes of those that were refused */
    async function ask(nodes: readonly RunningApp[], operations: number, token?: string) {
      const clients = nodes.map(({ url }) => createClient(`${url}/graphql`, token));
      const answers = await Promise.all(Array.from({ length: operations }, (_, n) => clients[n % 2]?.(FOUR)));
      return answers.flatMap((answer) => answer?.errors ?? []);
    }

    test('an address may have sixty in ten seconds, a user twice as many, counted per field', async () => {
      const nodes = await limitedNodes(onRedis);
      expect(await ask(nodes, 15)).toEqual([]);
      const [over] = await ask(nodes, 1);
      expect(over?.extensions).toEqual({
        ...{ code: 'RATE_LIMITED', limit: 'anonymousPreviewsPerAddress', max: 60, windowSeconds: 10 },
        retryAfterSeconds: expect.any(Number),
      });
      const { token } = (await signIn(nodes[0], 'alice', '192.0.2.9')).body;
      expect(await ask(nodes, 30, token)).toEqual([]);
      const [overToo] = await ask(nodes, 1, token);
      expect(overToo?.extensions).toMatchObject({ limit: 'previewsPerUser', max: 120 });
    });
  });
});
