import type { Cluster, Redis } from 'ioredis';
import { requireWholeBeginning } from '../beginning.ts';
import { parseNameCursor } from '../cursor.ts';
import { type Excess, type Quotas, refusalOfExcess } from '../quotas.ts';
import type { Expectation, SessionStore, SessionWrite } from '../session-store.ts';
import { defineScript } from './define-script.ts';
import { createFrameFeed } from './frame-feed.ts';
import { createPublicPlaces } from './public-places.ts';
import type { Announcements } from './redis-announcements.ts';
import { channelOf, keysOf, memberOf, ownedPrefix, sessionKey } from './redis-keys.ts';
import { changing, reading, unavailable } from './redis-refusal.ts';
import { DELETE_SESSION, WRITE_SESSION } from './scripts.ts';
import {
  ALL_FIELDS,
  decodeFrame,
  decodeHead,
  decodeSession,
  type FieldValues,
  FRAME_FIELDS,
  STAMP_FIELDS,
} from './session-hash.ts';
import { createSessionLinks } from './session-links.ts';
import { createSessionPages, readFields } from './session-pages.ts';

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
  const pages = createSessionPages(commands);
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
      return answers.map(([epoch, version, access]) =>
        epoch == null ? null : { epoch, version: Number(version), access: Number(access ?? 0) },
      );
    },

    ...createSessionLinks(commands, db),

    list: pages.ofOwner,

    async listPublic({ first, after }) {
      const last = after === undefined ? '' : memberOf(parseNameCursor(after));
      return pages.ofPublic(await places.names(), last, first);
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
    const { id, expect, template, args, svg, warnings, ttlMs, visibility = 'keep' } = write;
    const ttl = ttlMs === undefined ? 'keep' : (ttlMs ?? '');
    const prefix = id.owner === null ? '' : ownedPrefix(id.owner);
    return [
      ...[...expected(expect), args, svg, JSON.stringify(warnings), ttl],
      ...[channelOf(id, db), memberOf(id.name), prefix],
      ...[quotas.maxSessionsPerUser, quotas.maxBytesPerUser, placeUntil, visibility],
      ...(template === undefined ? [] : [template]),
    ];
  }
}

type Answer =
  | readonly [0 | 1, FieldValues]
  | readonly [2, quota: Excess['quota'], used: number, wanted: number]
  | readonly [3];

function expected(expect: Expectation): [is: string, epoch: string, number: string | number] {
  if (expect.is === 'absent') return ['absent', expect.newEpoch, ''];
  return [expect.is, expect.epoch, expect.is === 'revision' ? expect.revision : expect.version];
}
