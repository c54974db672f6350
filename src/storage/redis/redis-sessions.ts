import { Cluster, type Redis } from 'ioredis';
import type { Log } from '../../log.ts';
import { requireWholeBeginning } from '../beginning.ts';
import { formatCursor, parseCursor } from '../cursor.ts';
import type { Expectation, SessionStore } from '../session-store.ts';
import type { Connections } from './connections.ts';
import { defineScript } from './define-script.ts';
import { createFrameFeed } from './frame-feed.ts';
import { changesKey, channelOf, keysOf, memberOf, nameOf, ownedPrefix, sessionKey } from './redis-keys.ts';
import { changing, reading, unavailable } from './redis-refusal.ts';
import { DELETE_SESSION, LIST_SESSIONS, WRITE_SESSION } from './scripts.ts';
import {
  ALL_FIELDS,
  decodeFrame,
  decodeHead,
  decodeSession,
  type FieldValues,
  FRAME_FIELDS,
  STAMP_FIELDS,
} from './session-hash.ts';

export interface RedisSessionsOptions {
  readonly connections: Connections;
  readonly db: number;
  readonly log: Log;
}

/** Sessions in Redis, each one hash; times are Redis' own. */
export function createRedisSessions({ connections, db, log }: RedisSessionsOptions): SessionStore {
  const { commands } = connections;
  const writeScript = defineScript(commands, 'rsvgWriteSession', WRITE_SESSION);
  const deleteScript = defineScript(commands, 'rsvgDeleteSession', DELETE_SESSION);
  const listScript = defineScript(commands, 'rsvgListSessions', LIST_SESSIONS);

  const frame: SessionStore['frame'] = async (id) =>
    decodeFrame(await reading(commands.hmget(sessionKey(id), ...FRAME_FIELDS)));
  const feed = createFrameFeed({ connections, db, readFrame: frame, log });

  return {
    async write(write) {
      requireWholeBeginning(write);
      const { id, expect, template, args, svg, warnings } = write;
      const ttl = write.ttlMs === undefined ? 'keep' : (write.ttlMs ?? '');
      const prefix = id.owner === null ? '' : ownedPrefix(id.owner);
      const values = [...expected(expect), args, svg, JSON.stringify(warnings), ttl];
      const addresses = [channelOf(id, db), memberOf(id.name), prefix];
      const whole = [...values, ...addresses, ...(template === undefined ? [] : [template])];
      const [written, fields] = (await changing(writeScript(keysOf(id), whole))) as [0 | 1, FieldValues];
      if (written === 0) return { written: false, current: decodeSession(id, fields) };
      return { written: true, head: decodeHead(id, fields) };
    },

    async get(id) {
      const session = decodeSession(id, await reading(commands.hmget(sessionKey(id), ...ALL_FIELDS)));
      if (session !== null) feed.saw(id, session.epoch);
      return session;
    },

    async frame(id) {
      const found = await frame(id);
      if (found !== null) feed.saw(id, found.epoch);
      return found;
    },

    async stamps(ids) {
      const answers = await readStamps(commands, ids.map(sessionKey));
      return answers.map(([epoch, version]) => (epoch == null ? null : { epoch, version: Number(version) }));
    },

    async list(owner, { first, after }) {
      const before = after === undefined ? '' : parseCursor(after);
      const answer = await reading(listScript([changesKey(owner)], [ownedPrefix(owner), before, first + 1]));
      const found = answer as [member: string, change: string, head: FieldValues][];
      const entries = found.slice(0, first).map(([member, change, head]) => ({
        cursor: formatCursor(Number(change)),
        head: decodeHead({ owner, name: nameOf(member) }, head),
      }));
      return { entries, hasNextPage: found.length > first };
    },

    async delete(id) {
      return (await changing(deleteScript(keysOf(id), [channelOf(id, db), memberOf(id.name)]))) === 1;
    },

    watch: feed.watch,
  };
}

async function readStamps(commands: Redis | Cluster, keys: readonly string[]): Promise<FieldValues[]> {
  if (commands instanceof Cluster) {
    // A pipeline of a cluster may not span slots: all is sent before anything is awaited.
    return reading(Promise.all(keys.map((key) => commands.hmget(key, ...STAMP_FIELDS))));
  }
  const pipeline = commands.pipeline();
  for (const key of keys) pipeline.hmget(key, ...STAMP_FIELDS);
  const answers = (await reading(pipeline.exec())) ?? [];
  return answers.map(([error, values]) => {
    if (error !== null) throw unavailable('', error);
    return values as FieldValues;
  });
}

function expected(expect: Expectation): [is: string, epoch: string, number: string | number] {
  if (expect.is === 'absent') return ['absent', expect.newEpoch, ''];
  return [expect.is, expect.epoch, expect.is === 'revision' ? expect.revision : expect.version];
}
