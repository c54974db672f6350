import type { Log } from '../log.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  /** null: the embedded store. */
  readonly redisUrl: string | null;
  /** The embedded store's folder, or `:memory:`. */
  readonly dataDir: string;
  readonly log: Log;
  /** Of the embedded store, milliseconds since 1970; Redis has its own. Default: the system's. */
  readonly clock?: () => number;
}

/**
 * Opens the one store this process uses. The other one's packages are not even loaded: a start waits for each.
 *
 * @throws Refusal as the store's own opening does
 */
export async function openStorage({ redisUrl, dataDir, log, clock = Date.now }: StorageOptions): Promise<Storage> {
  if (redisUrl === null) {
    const { openEmbeddedStorage } = await import('./embedded/embedded-storage.ts');
    return openEmbeddedStorage({ dataDir, clock, log });
  }
  const { openRedisStorage } = await import('./redis/redis-storage.ts');
  return openRedisStorage({ url: redisUrl, log });
}
