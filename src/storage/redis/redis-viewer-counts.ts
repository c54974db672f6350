import type { Cluster, Redis } from 'ioredis';
import type { ViewerCountStore } from '../viewer-count-store.ts';
import { defineScript } from './define-script.ts';
import { NOW } from './now-script.ts';
import { viewersKey } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';

/*
 * A session's counts are one hash: node → `<viewers> <until when it holds>`. Redis 7.0 lets no field of a hash expire, so
 * whoever reads looks at the time; the hash as a whole expires with the last node that told something.
 */

/** KEYS: counts. ARGV: node, viewers, milliseconds that it holds. */
const TELL_VIEWERS = `
  local counts = KEYS[1]
  local node, viewers, ttl = unpack(ARGV)
  if viewers == '0' then return redis.call('HDEL', counts, node) end
  ${NOW}
  redis.call('HSET', counts, node, viewers .. ' ' .. string.format('%.0f', tonumber(time) + tonumber(ttl)))
  redis.call('PEXPIRE', counts, ttl)
`;

/** KEYS: counts. ARGV: the node that asks. Answers the sum of the others. */
const VIEWERS_ELSEWHERE = `
  local counts, node = KEYS[1], ARGV[1]
  ${NOW}
  local told = redis.call('HGETALL', counts)
  local sum = 0
  for i = 1, #told, 2 do
    local viewers, untilTime = string.match(told[i + 1], '^(%d+) (%d+)$')
    if told[i] ~= node and tonumber(untilTime) > tonumber(time) then sum = sum + tonumber(viewers) end
  end
  return sum
`;

export function createRedisViewerCounts(commands: Redis | Cluster): ViewerCountStore {
  const tellScript = defineScript(commands, 'rsvgTellViewers', TELL_VIEWERS);
  const elsewhereScript = defineScript(commands, 'rsvgViewersElsewhere', VIEWERS_ELSEWHERE);

  return {
    async tell(node, counts, ttlMs) {
      // All are sent before anything is awaited: a pipeline of a cluster may not span slots.
      const told = counts.map(({ id, viewers }) => tellScript([viewersKey(id)], [node, viewers, ttlMs]));
      await changing(Promise.all(told));
    },

    async elsewhere(node, id) {
      return Number(await reading(elsewhereScript([viewersKey(id)], [node])));
    },
  };
}
