import type { Log } from '../../log.ts';
import { NO_QUOTAS, type Quotas } from '../quotas.ts';
import type { Storage } from '../storage.ts';
import { connect } from './connections.ts';
import { createRedisAccounts } from './redis-accounts.ts';
import { createRedisAnnouncements } from './redis-announcements.ts';
import { createRedisApiKeys } from './redis-api-keys.ts';
import { createRedisDenials } from './redis-denials.ts';
import { createRedisLimits } from './redis-limits.ts';
import { createRedisLinkKey } from './redis-link-key.ts';
import { reading } from './redis-refusal.ts';
import { createRedisSessions } from './redis-sessions.ts';
import { createRedisSignIns } from './redis-sign-ins.ts';
import { createRedisKeys } from './redis-signing-key.ts';
import { describeTarget, parseRedisUrl } from './redis-url.ts';
import { createRedisViewerCounts } from './redis-viewer-counts.ts';

export interface RedisStorageOptions {
  /** As `parseRedisUrl` reads it. */
  readonly url: string;
  /** Default: none. */
  readonly quotas?: Quotas;
  /** Hears of each outage and of its end, once; never a password. */
  readonly log: Log;
}

/**
 * The store that several nodes share. Resolves though Redis cannot be reached yet: it tries again in the background,
 * and until then everything is UNAVAILABLE.
 *
 * @throws Refusal BAD_USER_INPUT for a URL that is none
 */
export async function openRedisStorage({ url, quotas = NO_QUOTAS, log }: RedisStorageOptions): Promise<Storage> {
  const target = parseRedisUrl(url);
  const connections = await connect(target, log);
  const { commands } = connections;
  const announcements = createRedisAnnouncements(connections, log);

  return {
    description: describeTarget(target),
    sessions: createRedisSessions({ commands, announcements, db: target.db, quotas }),
    accounts: createRedisAccounts(commands),
    signIns: createRedisSignIns(commands),
    apiKeys: createRedisApiKeys(commands),
    denials: createRedisDenials({ commands, announcements, db: target.db }),
    keys: createRedisKeys(commands),
    linkKey: createRedisLinkKey(commands),
    limits: createRedisLimits(commands),
    viewerCounts: createRedisViewerCounts(commands),
    async ping() {
      await reading(commands.ping());
    },
    close: () => connections.close(),
  };
}
