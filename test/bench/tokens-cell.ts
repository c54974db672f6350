import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Client } from '../../src/auth/caller.ts';
import type { Tokens } from '../../src/auth/tokens.ts';
import { builtServer } from './built.ts';
import type { Cell } from './cell.ts';
import { spread } from './report.ts';
import { type Summary, summarise } from './rounds.ts';

const FRESH = 300;
const AGAIN = 100_000;
const SECONDS_TO_LIVE = 600;
const GRANT = {
  ...({ userId: 'bench', uid: 'bench', sid: 'bench', role: 'user', generation: 1, pushOnly: null } as const),
};
const CLIENT: Client = { address: '127.0.0.1', agent: null };

/** Verifying one token inside the process: RS256 with a key of 2048 bits, the deny list in memory. */
export const tokensCell: Cell = {
  name: 'tokens',
  async run({ rounds }) {
    const { tokens, close } = await openTokens();
    const first: number[] = [];
    const again: number[] = [];
    try {
      // The first round only lets the code be compiled.
      for (let round = 0; round <= rounds; round += 1) {
        const issued = await Promise.all(
          Array.from({ length: FRESH }, async () => (await tokens.issue(GRANT, SECONDS_TO_LIVE)).token),
        );
        const [known = ''] = issued;
        const fresh = await microsEach(FRESH, (at) => tokens.verify(issued[at] ?? '', CLIENT));
        const remembered = await microsEach(AGAIN, () => tokens.verify(known, CLIENT));
        if (round === 0) continue;
        first.push(fresh);
        again.push(remembered);
      }
    } finally {
      await close();
    }
    const rows: [string, Summary, number][] = [
      ['seen for the first time', summarise(first), 1000],
      ['remembered', summarise(again), 5],
    ];
    return [
      {
        title: 'Verifying a token, one after the other',
        columns: ['token', 'µs', 'below'],
        rows: rows.map(([what, summary, limit]) => [what, spread(summary), String(limit)]),
        chart: null,
        targets: rows.map(([what, { median }, limit]) => ({
          what: `${what}: below ${limit} µs`,
          measured: `${median.toFixed(1)} µs`,
          met: median < limit,
        })),
      },
    ];
  },
};

async function microsEach(times: number, verify: (at: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  for (let at = 0; at < times; at += 1) await verify(at);
  return ((performance.now() - begun) * 1000) / times;
}

/** Out of the build, as users run it. */
async function openTokens(): Promise<{ readonly tokens: Tokens; close(): Promise<void> }> {
  const load = async (file: string) => import(pathToFileURL(join(await builtServer(), '..', file)).href);
  const { createIdentity }: typeof import('../../src/auth/identity.ts') = await load('auth/identity.js');
  const { openStorage }: typeof import('../../src/storage/open-storage.ts') = await load('storage/open-storage.js');
  const { default: pino } = await import('pino');
  const log = pino({ level: 'silent' });
  const storage = await openStorage({ redisUrl: null, dataDir: ':memory:', log });
  const identity = createIdentity({ storage, signUp: 'open', audit: () => {}, log });
  return {
    tokens: identity.tokens,
    async close() {
      identity.close();
      await storage.close();
    },
  };
}
