import type { Log } from '../log.ts';
import { openEmbeddedStorage } from './embedded/embedded-storage.ts';
import { openRedisStorage } from './redis/redis-storage.ts';
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

/** Opens the one store this process uses. @throws Refusal as the store's own opening does */
export function openStorage({ redisUrl, dataDir, log, clock = Date.now }: StorageOptions): Promise<Storage> {
  return redisUrl === null ? openEmbeddedStorage({ dataDir, clock }) : openRedisStorage({ url: redisUrl, log });
}
