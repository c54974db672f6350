import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../../log.ts';
import { describeTarget, type RedisTarget } from './redis-url.ts';

export interface Connections {
  /** For commands; fails at once when Redis is away. */
  readonly commands: Redis | Cluster;
  /** For announcements; keeps what it was asked until Redis is back. Of a cluster: a connection to any node. */
  readonly subscriber: Redis;
  close(): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 2000;
const retryDelayMs = (attempt: number) => Math.min(attempt * 50, 2000);

/** Resolves once both connections stand, or the first attempt failed; they go on trying until `close`. */
export async function connect(target: RedisTarget, log: Log): Promise<Connections> {
  const commands = target.kind === 'cluster' ? clusterCommands(target) : new Redis(commandOptions(target));
  const subscriber = subscriberOf(target);
  reportOutages([commands, subscriber], describeTarget(target), log);
  await Promise.all([firstOutcome(commands), firstOutcome(subscriber)]);

  return {
    commands,
    subscriber,
    async close() {
      subscriber.disconnect();
      // QUIT is answered after all that was asked before it.
      if (commands.status === 'ready') await commands.quit().catch(() => commands.disconnect());
      else commands.disconnect();
    },
  };
}

function commandOptions(target: RedisTarget): RedisOptions {
  return {
    ...serverOptions(target),
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    // Never send a command twice: a write whose first answer was lost would meet itself and be told CONFLICT.
    autoResendUnfulfilledCommands: false,
    // 0, since only a flush at the close tells those who wait that their answer will not come.
    maxRetriesPerRequest: 0,
    // A master that became a replica: ask the sentinels, or the name service, anew.
    reconnectOnError: (error) => error.message.includes('READONLY'),
  };
}

function clusterCommands({ nodes, username, password, tls }: RedisTarget): Cluster {
  return new Cluster([...nodes], {
    enableOfflineQueue: false,
    clusterRetryStrategy: retryDelayMs,
    // 0: no command is sent again after a lost connection, as above.
    retryDelayOnFailover: 0,
    redisOptions: {
      ...credentials(username, password),
      ...(tls ? { tls: {} } : {}),
      commandTimeout: COMMAND_TIMEOUT_MS,
    },
  });
}

function subscriberOf(target: RedisTarget): Redis {
  const { kind, nodes } = target;
  const options: RedisOptions = {
    ...serverOptions(target),
    maxRetriesPerRequest: null,
    // ioredis awaits its own resubscribing nowhere, so a refused one would end the process: we do it ourselves.
    autoResubscribe: false,
    retryStrategy(attempt) {
      // A cluster publishes on all its nodes: if one does not answer, the next will do.
      if (kind === 'cluster') Object.assign(subscriber.options, nodes[attempt % nodes.length]);
      return retryDelayMs(attempt);
    },
  };
  const subscriber = new Redis(options);
  return subscriber;
}

function serverOptions({ kind, nodes, masterName, db, username, password, tls }: RedisTarget): RedisOptions {
  const where = kind === 'sentinel' ? { sentinels: [...nodes], name: masterName ?? '' } : nodes[0];
  return { ...where, db, ...credentials(username, password), ...(tls ? { tls: {} } : {}), retryStrategy: retryDelayMs };
}

function credentials(username: string | null, password: string | null): RedisOptions {
  return { ...(username === null ? {} : { username }), ...(password === null ? {} : { password }) };
}

/** One line when the first connection is lost, one when all are back; a line per attempt would bury the rest. */
function reportOutages(clients: readonly (Redis | Cluster)[], description: string, log: Log): void {
  const away = new Set<Redis | Cluster>();
  for (const client of clients) {
    const lost = (error?: Error) => {
      if (client.status === 'end') return;
      const reason = error?.message ?? 'connection closed';
      if (away.size === 0) log.warn({ reason }, `${description} cannot be reached; trying again until it can`);
      away.add(client);
    };
    client.on('error', lost);
    client.on('reconnecting', () => lost());
    client.on('ready', () => {
      if (away.delete(client) && away.size === 0) log.info({}, `${description} can be reached again`);
    });
  }
}

function firstOutcome(client: Redis | Cluster): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      for (const event of ['ready', 'error', 'reconnecting']) client.off(event, settle);
      resolve();
    };
    const timer = setTimeout(settle, COMMAND_TIMEOUT_MS);
    for (const event of ['ready', 'error', 'reconnecting']) client.on(event, settle);
  });
}
