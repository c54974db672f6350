import type { Cluster, Redis } from 'ioredis';
import type { DenialStore } from '../denial-store.ts';
import { defineScript } from './define-script.ts';
import { DENY, LOAD_DENIALS } from './denial-scripts.ts';
import type { Announcements } from './redis-announcements.ts';
import { DENIAL_KEYS, DENIAL_NUMBERS_KEY, denialChannel } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';

export interface RedisDenialsOptions {
  readonly commands: Redis | Cluster;
  readonly announcements: Announcements;
  readonly db: number;
}

/** The deny list in Redis, in one slot. */
export function createRedisDenials({ commands, announcements, db }: RedisDenialsOptions): DenialStore {
  const denyScript = defineScript(commands, 'rsvgDeny', DENY);
  const loadScript = defineScript(commands, 'rsvgLoadDenials', LOAD_DENIALS);
  const channel = denialChannel(db);
  const watchers = new Set<{ readonly changed: (reconnected: boolean) => void }>();
  /** One for all watchers, kept until the connection ends; null: nobody has watched yet, or Redis refused. */
  let subscribed: Promise<unknown> | null = null;

  function tell(reconnected: boolean) {
    for (const { changed } of watchers) changed(reconnected);
  }

  async function subscribe() {
    try {
      await announcements.subscribe(channel, () => tell(false));
    } catch (error) {
      subscribed = null;
      throw error;
    }
  }

  announcements.whenBack(() => tell(true));

  return {
    async deny(denials) {
      if (denials.length === 0) return;
      await changing(denyScript(DENIAL_KEYS, [channel, ...denials.flatMap(({ subject, until }) => [subject, until])]));
    },

    async load(after) {
      const answer = await reading(loadScript(DENIAL_KEYS, [after]));
      const [sequence, complete, found] = answer as [string, 0 | 1, string[]];
      const denials = [];
      for (let i = 0; i < found.length; i += 2) denials.push({ subject: found[i] ?? '', until: Number(found[i + 1]) });
      return { sequence: Number(sequence), denials, complete: complete === 1 };
    },

    async sequence() {
      return Number((await reading(commands.hget(DENIAL_NUMBERS_KEY, 'last'))) ?? 0);
    },

    async watch(changed) {
      announcements.requireReady();
      const entry = { changed };
      watchers.add(entry);
      try {
        subscribed ??= subscribe();
        await announcements.withinTimeout(subscribed);
      } catch (error) {
        watchers.delete(entry);
        throw error;
      }
      return () => void watchers.delete(entry);
    },
  };
}
