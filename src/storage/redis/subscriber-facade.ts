import type { Redis } from 'ioredis';

/**
 * What RedisPubSub needs of its subscriber, made so that an outage cannot end the process: RedisPubSub leaves the
 * promise of a refused SUBSCRIBE without a handler and awaits no UNSUBSCRIBE at all. Here every SUBSCRIBE is reported
 * as done, and `takeFailure` tells whether it was.
 */
export function createSubscriberFacade(client: Redis) {
  const failures = new Map<string, unknown>();

  const facade = {
    on(event: string, listener: (...args: unknown[]) => void) {
      client.on(event, listener);
    },
    subscribe(channel: string, done: (error: null) => void) {
      client.subscribe(channel).then(
        () => done(null),
        (error: unknown) => {
          failures.set(channel, error);
          done(null);
        },
      );
    },
    unsubscribe(channel: string) {
      // Without a connection there is no subscription; the next one begins with those that are still wanted.
      if (client.status === 'ready') client.unsubscribe(channel).catch(() => {});
    },
    /** RedisPubSub sends it beside every UNSUBSCRIBE, though we never subscribe to a pattern. */
    punsubscribe() {},
  };

  return {
    /** RedisPubSub's type asks for a whole client; it uses these four methods. */
    subscriber: facade as unknown as Redis,
    /** Why the channel's last SUBSCRIBE failed, once; undefined: it did not. */
    takeFailure(channel: string): unknown {
      const failure = failures.get(channel);
      failures.delete(channel);
      return failure;
    },
  };
}
