import type { Log } from '../log.ts';
import { NO_QUOTAS, type Quotas } from './quotas.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  /** null: the embedded store. */
  readonly redisUrl: string | null;
  /** The embedded store's folder, or `:memory:`. */
  readonly dataDir: string;
  /** False: a folder without an embedded store is refused. Default: it is given one. */
  readonly mayBegin?: boolean;
  /** Default: none. */
  readonly quotas?: Quotas;
  readonly log: Log;
  /** Of the embedded store, milliseconds since 1970; Redis has its own. Default: the system's. */
  readonly clock?: () => number;
}

/**
 * Opens the one store this process uses. The other one's packages are not even loaded: a start waits for each.
 *
 * @throws Refusal as the store's own opening does
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { redisUrl, dataDir, mayBegin = true, quotas = NO_QUOTAS, log, clock = Date.now } = options;
  if (redisUrl === null) {
    const { openEmbeddedStorage } = await import('./embedded/embedded-storage.ts');
    return openEmbeddedStorage({ dataDir, mayBegin, quotas, clock, log });
  }
  const { openRedisStorage } = await import('./redis/redis-storage.ts');
  return openRedisStorage({ url: redisUrl, quotas, log });
}
