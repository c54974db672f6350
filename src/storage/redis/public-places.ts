import { Cluster, type Redis } from 'ioredis';
import { type Quotas, refusalOfExcess } from '../quotas.ts';
import { defineScript } from './define-script.ts';
import { NOW } from './now-script.ts';
import {
  memberOf,
  nameOf,
  PLACES_KEYS,
  PUBLIC_SESSIONS_PATTERN,
  publicMember,
  publicSessionKey,
} from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';

/*
 * Public sessions have a hash slot each, so no script can count them: each has a place in one sorted set, reserved
 * before the session is begun. A place's score is when to look after it. Until then it counts; after that it counts
 * until somebody who needs a place has looked: the session lives (the score becomes its expiry), or the place is free.
 * So updates, which move the expiry, never touch the set, and a place whose session was never begun frees itself. Whoever
 * ends a session before its place's score is only counted too long, never too little.
 */

/** How long a reserved place may be used, by the clock of the session's node. */
const USABLE_MS = 1000;
/** How long it counts, by the clock of the set's node: clocks of a cluster may differ by what lies between. */
const RESERVED_MS = 2000;
const BATCH = 200;

/**
 * Takes a place, if the member has none.
 *
 * KEYS: places, mark. ARGV: member, most places, number of places to look after, [member, score, new score or '']… of
 * those that were looked after.
 * Answers [1, until when the place may be used], [0, places, [member, score]… to look after], or [2]: nobody has counted.
 */
const RESERVE_PLACE = `
  local places, counted = KEYS[1], KEYS[2]
  local member, most, batch = unpack(ARGV)
  ${NOW}
  for i = 4, #ARGV, 3 do
    -- Another score: somebody has just reserved it, or looked after it.
    if redis.call('ZSCORE', places, ARGV[i]) == ARGV[i + 1] then
      if ARGV[i + 2] == '' then redis.call('ZREM', places, ARGV[i])
      else redis.call('ZADD', places, ARGV[i + 2], ARGV[i]) end
    end
  end
  if redis.call('EXISTS', counted) == 0 then return {2} end
  local score = redis.call('ZSCORE', places, member)
  local taken = redis.call('ZCARD', places)
  if not score and taken >= tonumber(most) then
    return {0, taken, redis.call('ZRANGEBYSCORE', places, '-inf', time, 'WITHSCORES', 'LIMIT', 0, batch)}
  end
  local reserved = tonumber(time) + ${RESERVED_MS}
  if not score or tonumber(score) < reserved then
    redis.call('ZADD', places, string.format('%.0f', reserved), member)
  end
  return {1, string.format('%.0f', tonumber(time) + ${USABLE_MS})}
`;

/** KEYS: places. ARGV: member. The place is looked after soon, but not before a reservation of it ends. */
const RELEASE_PLACE = `
  ${NOW}
  local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
  local soon = tonumber(time) + ${RESERVED_MS}
  if score and tonumber(score) > soon then
    redis.call('ZADD', KEYS[1], string.format('%.0f', soon), ARGV[1])
  end
`;

type Answer = readonly [2] | readonly [1, until: string] | readonly [0, taken: number, due: readonly string[]];

/** Who may begin a public session: never more than the quota at once, on however many nodes. */
export function createPublicPlaces(commands: Redis | Cluster, quotas: Quotas) {
  const reserveScript = defineScript(commands, 'rsvgReservePlace', RESERVE_PLACE);
  const releaseScript = defineScript(commands, 'rsvgReleasePlace', RELEASE_PLACE);
  const most = quotas.maxPublicSessions;
  let counting: Promise<void> | null = null;

  /** Looks whether the sessions of these places live. */
  async function lookAfter(due: readonly string[]): Promise<string[]> {
    const places = due.flatMap((member, i) => (i % 2 === 0 ? [[member, due[i + 1] ?? ''] as const] : []));
    const looked = places.map(async ([member, score]) => {
      const expiresAt = await commands.hget(publicSessionKey(member), 'expiresAt');
      return [member, score, expiresAt === '' ? '+inf' : (expiresAt ?? '')];
    });
    return (await reading(Promise.all(looked))).flat();
  }

  /** Gives a place to each session that was begun before there were quotas. */
  async function countAll(): Promise<void> {
    const nodes = commands instanceof Cluster ? commands.nodes('master') : [commands];
    const [places, counted] = PLACES_KEYS;
    for (const node of nodes) {
      for await (const keys of node.scanStream({ match: PUBLIC_SESSIONS_PATTERN, count: 1000 })) {
        // They are looked after when a place is needed.
        const entries = (keys as string[]).flatMap((key) => [1, publicMember(key)]);
        if (entries.length > 0) await commands.zadd(places, 'NX', ...entries);
      }
    }
    await commands.set(counted, '1');
  }

  return {
    /** @returns until when the session may be begun, ms by Redis' clock. @throws Refusal RATE_LIMITED, UNAVAILABLE */
    async reserve(name: string): Promise<string> {
      let lookedAfter: readonly string[] = [];
      for (let looks = 0; ; looks += lookedAfter.length / 3) {
        const asked = reserveScript(PLACES_KEYS, [memberOf(name), most, BATCH, ...lookedAfter]);
        const answer = (await reading(asked)) as Answer;
        if (answer[0] === 1) return answer[1];
        if (answer[0] === 2) {
          counting ??= countAll().finally(() => {
            counting = null;
          });
          await reading(counting);
          continue;
        }
        const [, taken, due] = answer;
        // Sessions that are written all the time may be due again before all others were looked after.
        if (due.length === 0 || looks > taken) {
          throw refusalOfExcess({ quota: 'maxPublicSessions', used: taken, wanted: taken + 1 }, quotas);
        }
        lookedAfter = await lookAfter(due);
      }
    },

    /** The names of all sessions that have a place, always in the same order; some may have ended. */
    async names(): Promise<string[]> {
      const [places, counted] = PLACES_KEYS;
      if ((await reading(commands.exists(counted))) === 0) await reading(countAll());
      return (await reading(commands.zrange(places, 0, -1))).sort().map(nameOf);
    },

    /** After its session was deleted. */
    release: (name: string) => changing(releaseScript(PLACES_KEYS.slice(0, 1), [memberOf(name)])),
  };
}
