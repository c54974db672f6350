import { NOW } from './now-script.ts';

/*
 * KEYS of all: subjects by the end of their denial, subjects by its number, hash of the `first` and the `last` number.
 */

/** How many expired denials one `deny` removes beyond as many as it adds. */
const TRIMMED = 100;

/**
 * ARGV: channel, then subjects and ends. Numbers are microseconds of Redis' clock where they can be: a Redis that was
 * restored, or failed over, then gives none that somebody knows already as another's.
 */
export const DENY = `
  ${NOW}
  local numbers = redis.call('HMGET', KEYS[3], 'first', 'last')
  local micros = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
  local number = string.format('%.0f', math.max(tonumber(numbers[2] or 0) + 1, micros))
  redis.call('HSET', KEYS[3], 'first', numbers[1] or number, 'last', number)
  local expired = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', time, 'LIMIT', 0, ${TRIMMED} + #ARGV)
  for _, subject in ipairs(expired) do
    redis.call('ZREM', KEYS[1], subject)
    redis.call('ZREM', KEYS[2], subject)
  end
  for i = 2, #ARGV, 2 do
    local standing = redis.call('ZSCORE', KEYS[1], ARGV[i])
    if not standing or tonumber(standing) < tonumber(ARGV[i + 1]) then
      redis.call('ZADD', KEYS[1], ARGV[i + 1], ARGV[i])
      redis.call('ZADD', KEYS[2], number, ARGV[i])
    end
  end
  local latest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if latest[2] then
    redis.call('PEXPIREAT', KEYS[1], latest[2])
    redis.call('PEXPIREAT', KEYS[2], latest[2])
  end
  redis.call('PUBLISH', ARGV[1], number)
`;

/** ARGV: number after which to begin. Answers [last number, 1 if these are all, [subject, end, …]]. */
export const LOAD_DENIALS = `
  ${NOW}
  local after = tonumber(ARGV[1])
  local numbers = redis.call('HMGET', KEYS[3], 'first', 'last')
  local last = numbers[2] or '0'
  local complete = not numbers[1] or after < tonumber(numbers[1]) or after > tonumber(last)
  local found = {}
  local subjects = redis.call('ZRANGEBYSCORE', KEYS[2], complete and '-inf' or '(' .. ARGV[1], '+inf')
  for _, subject in ipairs(subjects) do
    local ends = redis.call('ZSCORE', KEYS[1], subject)
    if ends and tonumber(ends) > tonumber(time) then
      found[#found + 1] = subject
      found[#found + 1] = ends
    end
  end
  return {last, complete and 1 or 0, found}
`;
