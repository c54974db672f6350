import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Refusal } from '../../errors.ts';
import type { Storage } from '../storage.ts';
import { type EmbeddedDatabase, openDatabase } from './database.ts';
import { createEmbeddedAccounts } from './embedded-accounts.ts';
import { createEmbeddedKeys } from './embedded-keys.ts';
import { createEmbeddedSessions } from './embedded-sessions.ts';
import { startExpirySweep } from './expiry-sweep.ts';

export interface EmbeddedOptions {
  /** A folder, created with mode 0700 if it is not there, or `:memory:`: keep nothing. */
  readonly dataDir: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
}

/**
 * The store inside this process: LMDB files in a folder. Several processes may open the same folder; each hears only
 * its own announcements.
 *
 * @throws Refusal UNAVAILABLE when the folder cannot be used; the message names it.
 */
export async function openEmbeddedStorage({ dataDir, clock = Date.now }: EmbeddedOptions): Promise<Storage> {
  const volatile = dataDir === ':memory:';
  const db = volatile ? openVolatile() : openIn(resolve(dataDir));
  const sweep = startExpirySweep(db, clock);

  return {
    description: volatile ? 'embedded store in memory, nothing is kept' : `embedded store in ${resolve(dataDir)}`,
    sessions: createEmbeddedSessions(db, clock),
    accounts: createEmbeddedAccounts(db, clock),
    keys: createEmbeddedKeys(db),
    async ping() {
      db.read(() => db.keys.getStats());
    },
    async close() {
      await sweep.stop();
      await db.close();
    },
  };
}

function openIn(folder: string): EmbeddedDatabase {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openDatabase(join(folder, 'store.mdb'), true);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const mend = 'Choose another with --data-dir, or mend its permissions.';
    throw new Refusal('UNAVAILABLE', `The data folder ${folder} cannot be used: ${why}. ${mend}`, {}, error);
  }
}

function openVolatile(): EmbeddedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-svg-'));
  const db = openDatabase(join(folder, 'store.mdb'), false);
  // Open files outlive their names, so nothing is left behind even by a killed process.
  rmSync(folder, { recursive: true, force: true });
  return db;
}
