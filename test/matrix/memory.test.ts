import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { TRANSPORTS } from './case.ts';
import { CASES } from './every-case.ts';
import { ASK } from './transports.ts';
import { openWorld } from './world.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROUNDS = 24;
/** Rounds after which code is compiled and every cache has met every case. */
const WARM_UP = 16;
/** What the heap may grow from then on: less than a closure and its entry in a list for each refusal. */
const MAX_GROWTH_BYTES_PER_REFUSAL = 150;

test('memory is flat over thousands of refusals of every kind, on every transport', { timeout: 300_000 }, async () => {
  const world = await openWorld('embedded');
  try {
    const refused = CASES.filter(({ code, storeAway, spent }) => code !== null && !storeAway && !spent).map(
      (wrong) => ({
        wrong,
        server: { port: world.port, authorization: world.authorization(wrong.as) },
      }),
    );
    const attempts = TRANSPORTS.flatMap((transport) =>
      refused
        .filter(({ wrong }) => typeof wrong[transport] !== 'object' && wrong.embedded === undefined)
        .map(
          ({ wrong, server }) =>
            () =>
              ASK[transport](wrong, server),
        ),
    );
    const heaps: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const attempt of attempts) await attempt();
      (world.log as string[]).length = 0;
      collectGarbage();
      heaps.push(process.memoryUsage().heapUsed);
    }
    const warm = heaps.slice(WARM_UP);
    const growth = (Math.min(...warm.slice(-2)) - (warm[0] ?? 0)) / (warm.length - 1);
    expect(growth / attempts.length).toBeLessThan(MAX_GROWTH_BYTES_PER_REFUSAL);
    expect(attempts.length * ROUNDS).toBeGreaterThan(3000);
  } finally {
    await world.close();
  }
});
