import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Log } from '../../log.ts';
import { NO_QUOTAS, type Quotas } from '../quotas.ts';
import type { Storage } from '../storage.ts';
import { openDataFolder } from './data-folder.ts';
import { type EmbeddedDatabase, openDatabase } from './database.ts';
import { createEmbeddedAccounts } from './embedded-accounts.ts';
import { createEmbeddedApiKeys } from './embedded-api-keys.ts';
import { createEmbeddedDenials } from './embedded-denials.ts';
import { createEmbeddedKeys } from './embedded-keys.ts';
import { createEmbeddedLimits } from './embedded-limits.ts';
import { createEmbeddedLinkKey } from './embedded-link-key.ts';
import { createEmbeddedSessions } from './embedded-sessions.ts';
import { createEmbeddedSignIns } from './embedded-sign-ins.ts';
import { startExpirySweep } from './expiry-sweep.ts';
import { takeOver } from './older-formats.ts';
import { countUsage } from './usage.ts';

export interface EmbeddedOptions {
  /** A folder, created with mode 0700 if it is not there, or `:memory:`: keep nothing. */
  readonly dataDir: string;
  /** False: a folder without a store is refused. Default: it is given one. */
  readonly mayBegin?: boolean;
  /** Default: none. */
  readonly quotas?: Quotas;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
  /** Is told when other processes use the folder too. Default: nobody is. */
  readonly log?: Log;
}

/**
 * The store inside this process: LMDB files in a folder. Several processes may open the same folder; each hears only
 * its own announcements.
 *
 * @throws Refusal UNAVAILABLE when the folder cannot be used or its store is damaged; the message says what to do.
 */
export async function openEmbeddedStorage(options: EmbeddedOptions): Promise<Storage> {
  const { dataDir, mayBegin = true, quotas = NO_QUOTAS, clock = Date.now, log } = options;
  const volatile = dataDir === ':memory:';
  const db = volatile ? openVolatile() : openDataFolder(resolve(dataDir), mayBegin);
  if (log !== undefined && !volatile) tellNeighbours(db, resolve(dataDir), log);
  await takeOver(db);
  await countUsage(db);
  const sweep = startExpirySweep(db, clock);

  return {
    description: volatile ? 'embedded store in memory, nothing is kept' : `embedded store in ${resolve(dataDir)}`,
    sessions: createEmbeddedSessions(db, quotas, clock),
    accounts: createEmbeddedAccounts(db, clock),
    signIns: createEmbeddedSignIns(db, clock),
    apiKeys: createEmbeddedApiKeys(db, clock),
    denials: createEmbeddedDenials(db, clock),
    keys: createEmbeddedKeys(db),
    linkKey: createEmbeddedLinkKey(db),
    limits: createEmbeddedLimits(),
    viewerCounts: null,
    async ping() {
      db.read(() => db.keys.getStats());
    },
    async close() {
      await sweep.stop();
      await db.close();
    },
  };
}

/** Two processes on one folder are no mistake, but seldom meant. */
function tellNeighbours(db: EmbeddedDatabase, folder: string, log: Log): void {
  const processes = db.processes();
  if (processes.length < 2) return;
  const what = `The data folder ${folder} is used by the processes ${processes.join(' and ')} at once`;
  const slower = 'nothing is lost, but what one of them writes reaches the viewers of another up to a second late';
  log.warn({ event: 'shared-folder', processes }, `${what}: ${slower}. Give each its own with --data-dir.`);
}

function openVolatile(): EmbeddedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-svg-'));
  const db = openDatabase(join(folder, 'store.mdb'), false);
  // Open files outlive their names, so nothing is left behind even by a killed process.
  rmSync(folder, { recursive: true, force: true });
  return db;
}
