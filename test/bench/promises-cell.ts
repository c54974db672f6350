import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from './cell.ts';
import { spread } from './report.ts';
import { type Summary, summarise } from './rounds.ts';
import { startOurs } from './servers/ours.ts';
import { multipartViewing } from './servers/viewings.ts';

const TIMES = 10;
const LIMITS = {
  'first key, from the start of the process': 5000,
  'sign-in': 1000,
  'a token seen for the first time': 50,
  'the same token again': 50,
} as const;
type What = keyof typeof LIMITS;

/** What signing in and its parts may take, as a client sees it: whole requests. */
export const promisesCell: Cell = {
  name: 'promises',
  async run({ rounds }) {
    const seen = new Map(Object.keys(LIMITS).map((what) => [what, [] as number[]]));
    for (let round = 0; round < rounds; round += 1) await measure((what, millis) => seen.get(what)?.push(millis));
    const rows = [...seen].map(([what, values]): [What, Summary] => [what as What, summarise(values)]);
    return [
      {
        title: 'Signing in: whole requests, one after the other, embedded store',
        columns: ['what', 'ms', 'at most'],
        rows: rows.map(([what, summary]) => [what, spread(summary), String(LIMITS[what])]),
        chart: null,
        targets: rows.map(([what, { median }]) => ({
          what: `${what}: at most ${LIMITS[what]} ms`,
          measured: `${median.toFixed(1)} ms`,
          met: median <= LIMITS[what],
        })),
      },
    ];
  },
};

async function measure(tell: (what: What, millis: number) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-promises-'));
  const begun = performance.now();
  const served = await startOurs(multipartViewing, ['--data-dir', folder]);
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${served.port}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<Record<string, unknown>>;
  };
  const timed = async <Result>(what: What, run: () => Promise<Result>) => {
    const at = performance.now();
    const result = await run();
    tell(what, performance.now() - at);
    return result;
  };
  try {
    await ask('/.well-known/jwks.json');
    tell('first key, from the start of the process', performance.now() - begun);
    for (let time = 0; time < TIMES; time += 1) {
      const body = JSON.stringify({ user_id: `user-${time}`, password: 'a long password' });
      const signIn = () =>
        ask('/api/auth/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      // The first one claims the name.
      await signIn();
      const { token } = await timed('sign-in', signIn);
      const me = () => ask('/api/auth/me', { headers: { authorization: `Bearer ${token}` } });
      await timed('a token seen for the first time', me);
      await timed('the same token again', me);
    }
  } finally {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
