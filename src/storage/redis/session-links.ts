import type { Cluster, Redis } from 'ioredis';
import type { SessionStore } from '../session-store.ts';
import { defineScript } from './define-script.ts';
import { ADD_LINK, REMOVE_LINK } from './link-scripts.ts';
import { channelOf, sessionKey } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';
import { ACCESS_FIELDS, decodeAccess } from './session-hash.ts';

type SessionLinks = Pick<SessionStore, 'access' | 'addLink' | 'removeLink'>;

/** Who may see the sessions of Redis. */
export function createSessionLinks(commands: Redis | Cluster, db: number): SessionLinks {
  const addScript = defineScript(commands, 'rsvgAddLink', ADD_LINK);
  const removeScript = defineScript(commands, 'rsvgRemoveLink', REMOVE_LINK);

  return {
    access: async (id) => decodeAccess(await reading(commands.hmget(sessionKey(id), ...ACCESS_FIELDS))),

    async addLink(id, epoch, link, max) {
      const args = [epoch, link.linkId, link.expiresAt ?? '-', link.maxFps ?? '-', max];
      const [added, time] = (await changing(addScript([sessionKey(id)], args))) as [0 | 1 | 2, string?];
      if (added === 0) return null;
      return added === 2 ? 'full' : { ...link, createdAt: Number(time) };
    },

    removeLink: async (id, linkId) =>
      (await changing(removeScript([sessionKey(id)], [linkId, channelOf(id, db)]))) === 1,
  };
}
