import { Cluster, type Redis } from 'ioredis';
import { requireWholeBeginning } from '../beginning.ts';
import { formatCursor, formatNameCursor, parseCursor, parseNameCursor } from '../cursor.ts';
import { type Excess, type Quotas, refusalOfExcess } from '../quotas.ts';
import type { Expectation, SessionPage, SessionStore, SessionWrite } from '../session-store.ts';
import { defineScript } from './define-script.ts';
import { createFrameFeed } from './frame-feed.ts';
import { createPublicPlaces } from './public-places.ts';
import type { Announcements } from './redis-announcements.ts';
import { channelOf, keysOf, memberOf, nameOf, ownedPrefix, ownerKeys, sessionKey } from './redis-keys.ts';
import { changing, reading, unavailable } from './redis-refusal.ts';
import { DELETE_SESSION, LIST_SESSIONS, WRITE_SESSION } from './scripts.ts';
import {
  ALL_FIELDS,
  decodeFrame,
  decodeHead,
  decodeSession,
  type FieldValues,
  FRAME_FIELDS,
  HEAD_FIELDS,
  STAMP_FIELDS,
} from './session-hash.ts';

/** How many sessions of a list are read at once. */
const LIST_BATCH = 200;

/** How often a place is reserved for one beginning: again only if a second passed in between. */
const ATTEMPTS = 3;

export interface RedisSessionsOptions {
  readonly commands: Redis | Cluster;
  readonly announcements: Announcements;
  readonly db: number;
  readonly quotas: Quotas;
}

/** Sessions in Redis, each one hash; times are Redis' own. */
export function createRedisSessions({ commands, announcements, db, quotas }: RedisSessionsOptions): SessionStore {
  const writeScript = defineScript(commands, 'rsvgWriteSession', WRITE_SESSION);
  const deleteScript = defineScript(commands, 'rsvgDeleteSession', DELETE_SESSION);
  const listScript = defineScript(commands, 'rsvgListSessions', LIST_SESSIONS);

  const places = createPublicPlaces(commands, quotas);

  const frame: SessionStore['frame'] = async (id) =>
    decodeFrame(await reading(commands.hmget(sessionKey(id), ...FRAME_FIELDS)));
  const feed = createFrameFeed({ announcements, db, readFrame: frame });

  return {
    async write(write) {
      requireWholeBeginning(write);
      const { id } = write;
      for (let attempt = 1; ; attempt += 1) {
        const takesPlace = id.owner === null && write.expect.is === 'absent';
        const placeUntil = takesPlace ? await places.reserve(id.name) : '';
        const answer = (await changing(writeScript(keysOf(id), argumentsOf(write, placeUntil)))) as Answer;
        if (answer[0] === 0) return { written: false, current: decodeSession(id, answer[1]) };
        if (answer[0] === 1) return { written: true, head: decodeHead(id, answer[1]) };
        if (answer[0] === 2) throw refusalOfExcess({ quota: answer[1], used: answer[2], wanted: answer[3] }, quotas);
        if (attempt === ATTEMPTS) throw unavailable('; nothing was changed', 'a place was given up before it was used');
      }
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
      const answers = await readFields(commands, ids.map(sessionKey), STAMP_FIELDS);
      return answers.map(([epoch, version]) => (epoch == null ? null : { epoch, version: Number(version) }));
    },

    async list(owner, { first, after }) {
      const before = after === undefined ? '' : parseCursor(after);
      const answer = await reading(listScript(ownerKeys(owner), [ownedPrefix(owner), before, first + 1]));
      const found = answer as [member: string, change: string, head: FieldValues][];
      const entries = found.slice(0, first).map(([member, change, head]) => ({
        cursor: formatCursor(Number(change)),
        head: decodeHead({ owner, name: nameOf(member) }, head),
      }));
      return { entries, hasNextPage: found.length > first };
    },

    async listPublic({ first, after }) {
      const last = after === undefined ? '' : memberOf(parseNameCursor(after));
      const behind = (await places.names()).filter((name) => memberOf(name) > last);
      const entries: SessionPage['entries'][number][] = [];
      for (let from = 0; from < behind.length && entries.length <= first; from += LIST_BATCH) {
        const ids = behind.slice(from, from + LIST_BATCH).map((name) => ({ owner: null, name }));
        const heads = await readFields(commands, ids.map(sessionKey), HEAD_FIELDS);
        for (const [at, id] of ids.entries()) {
          const values = heads[at];
          if (values?.[0] == null) continue;
          entries.push({ cursor: formatNameCursor(id.name), head: decodeHead(id, values) });
        }
      }
      return { entries: entries.slice(0, first), hasNextPage: entries.length > first };
    },

    async delete(id, only) {
      const expected = only === undefined ? [] : [only.epoch, only.version];
      const args = [channelOf(id, db), memberOf(id.name), ...expected];
      const deleted = (await changing(deleteScript(keysOf(id), args))) === 1;
      if (deleted && id.owner === null) await places.release(id.name);
      return deleted;
    },

    watch: feed.watch,
  };

  /** Of WRITE_SESSION. */
  function argumentsOf(write: SessionWrite, placeUntil: string): (string | number)[] {
    const { id, expect, template, args, svg, warnings, ttlMs } = write;
    const ttl = ttlMs === undefined ? 'keep' : (ttlMs ?? '');
    const prefix = id.owner === null ? '' : ownedPrefix(id.owner);
    return [
      ...[...expected(expect), args, svg, JSON.stringify(warnings), ttl],
      ...[channelOf(id, db), memberOf(id.name), prefix],
      ...[quotas.maxSessionsPerUser, quotas.maxBytesPerUser, placeUntil],
      ...(template === undefined ? [] : [template]),
    ];
  }
}

type Answer =
  | readonly [0 | 1, FieldValues]
  | readonly [2, quota: Excess['quota'], used: number, wanted: number]
  | readonly [3];

async function readFields(
  commands: Redis | Cluster,
  keys: readonly string[],
  fields: readonly string[],
): Promise<FieldValues[]> {
  if (commands instanceof Cluster) {
    // A pipeline of a cluster may not span slots: all is sent before anything is awaited.
    return reading(Promise.all(keys.map((key) => commands.hmget(key, ...fields))));
  }
  const pipeline = commands.pipeline();
  for (const key of keys) pipeline.hmget(key, ...fields);
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
