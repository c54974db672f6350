import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Log } from '../../log.ts';
import type { Connections } from './connections.ts';
import { unavailable } from './redis-refusal.ts';
import { createSubscriberFacade } from './subscriber-facade.ts';

const SUBSCRIBE_TIMEOUT_MS = 2000;

export interface Announcements {
  /** @throws Refusal UNAVAILABLE while nothing can be heard */
  requireReady(): void;
  /**
   * Resolves once subscribed. One subscription per channel at a time: who has many listeners shares it.
   *
   * @returns ends it; to be called once
   * @throws Refusal UNAVAILABLE when Redis refuses
   */
  subscribe(channel: string, listener: (bytes: Buffer) => void): Promise<() => void>;
  /** Rejects with Refusal UNAVAILABLE if that takes too long; it may still happen then. */
  withinTimeout<T>(subscribed: Promise<T>): Promise<T>;
  /** Calls back after each lost connection, once both are back and every channel is subscribed again. */
  whenBack(restored: () => void): void;
}

/** All that this process hears over Redis: one RedisPubSub, one connection. */
export function createRedisAnnouncements({ commands, subscriber }: Connections, log: Log): Announcements {
  const { subscriber: facade, takeFailure } = createSubscriberFacade(subscriber);
  const pubsub = new RedisPubSub({
    publisher: commands,
    subscriber: facade,
    messageEventName: 'messageBuffer',
    pmessageEventName: 'pmessageBuffer',
    deserializer: (source) => source,
  });
  const channels = new Set<string>();
  const listeners: (() => void)[] = [];

  /** What was announced while a connection was lost is lost too: subscribe first, then have everything read. */
  async function repair(): Promise<void> {
    if (subscriber.status !== 'ready' || commands.status !== 'ready') return;
    try {
      if (channels.size > 0) await subscriber.subscribe(...channels);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error({ reason }, 'Redis refused to subscribe again; announcements come late until it does');
    }
    for (const restored of listeners) restored();
  }

  // Reading needs the one, hearing the other; whichever comes back last begins.
  for (const client of [commands, subscriber]) client.on('ready', () => void repair());

  return {
    requireReady() {
      if (subscriber.status !== 'ready') throw unavailable('');
    },

    async subscribe(channel, listener) {
      channels.add(channel);
      const subscription = await pubsub.subscribe(channel, listener);
      const stop = () => {
        channels.delete(channel);
        pubsub.unsubscribe(subscription);
      };
      const failure = takeFailure(channel);
      if (failure === undefined) return stop;
      stop();
      throw unavailable('', failure);
    },

    withinTimeout(subscribed) {
      return new Promise((resolve, reject) => {
        let settled = false;
        const expire = () => {
          if (settled) return;
          reject(unavailable(''));
          // A connection that answers nothing for so long is dead, and nobody else would notice.
          subscriber.disconnect(true);
        };
        // After a stalled event loop timers run before the answers that have come meanwhile are read; immediates, after.
        const timer = setTimeout(() => setImmediate(expire), SUBSCRIBE_TIMEOUT_MS);
        const settle = () => {
          settled = true;
          clearTimeout(timer);
        };
        subscribed.finally(settle).then(resolve, reject);
      });
    },

    whenBack(restored) {
      listeners.push(restored);
    },
  };
}
