// Waits for a line `<folder> <round> <seed>`, then writes to all lanes at once until it is killed. Prints `> operation`
// before each write and `< lane k` once it is answered. A lane is one session, or the accounts; its k always grows.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { SessionWrite } from '../../src/storage/session-store.ts';
import { numbers } from '../harness/seeded-numbers.ts';
import { newAccount } from './backend.ts';
import { ACCOUNTS, argsOf, LANES, type Operation, SIGNING_KEY, svgOf, templateOf } from './killed-writer-lanes.ts';

/** Returns when the other side has it: what it was not told of, it could not expect. */
function say(line: string) {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

say('ready');
const [line] = await once(process.stdin, 'data');
const [folder = '', round, seed] = String(line).trim().split(' ');
const { sessions, accounts, keys } = await openEmbeddedStorage({ dataDir: folder });
await keys.offer(SIGNING_KEY);
const random = numbers(Number(seed));

async function drive(lane: number) {
  const id = LANES[lane] as (typeof LANES)[number];
  let current = await sessions.get(id);
  for (let k = Number(round) * 1_000_000; ; k += 1) {
    const ttlMs = random(2) === 0 ? null : 10_000_000 + random(10_000_000);
    const bytes = random(4) === 0 ? random(60_000) : random(1500);
    const kind =
      current === null ? 'create' : ((['update', 'update', 'replace', 'delete'] as const)[random(4)] ?? 'update');
    say(`> ${JSON.stringify({ lane, k, kind, bytes, ttlMs } satisfies Operation)}`);
    if (kind === 'delete') {
      await sessions.delete(id);
    } else {
      const { epoch, version } = current ?? { epoch: '', version: 0 };
      const write: SessionWrite = {
        id,
        expect: kind === 'create' ? { is: 'absent', newEpoch: `e${k}` } : { is: 'version', epoch, version },
        ...(kind === 'update' ? {} : { template: templateOf(lane, k) }),
        ...{ args: argsOf(lane, k), svg: svgOf(lane, k, bytes), warnings: [], ttlMs },
      };
      const outcome = await sessions.write(write);
      if (!outcome.written) throw new Error(`lane ${lane} met somebody else at ${k}`);
    }
    say(`< ${lane} ${k}`);
    current = await sessions.get(id);
  }
}

async function claim() {
  for (let k = Number(round) * 1_000_000; ; k += 1) {
    const claimed = await accounts.claim(`user${k}`, newAccount(`$hash${k}`));
    if (claimed !== 'claimed') throw new Error(`user${k} was there`);
    say(`< ${ACCOUNTS} ${k}`);
  }
}

await Promise.all([claim(), ...LANES.map((_, lane) => drive(lane))]);
