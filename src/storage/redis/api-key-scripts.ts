import { NOW } from './now-script.ts';

/** An API key is one hash; what is null is missing. */
export const API_KEY_FIELDS = [
  'userId',
  'name',
  'secretHash',
  'pushOnly',
  'expiresAt',
  'createdAt',
  'lastUsedAt',
] as const;

const FIELDS = API_KEY_FIELDS.map((field) => `'${field}'`).join(', ');

/**
 * KEYS: the account's keys in their order, key. ARGV: prefix of the account's keys, key id, most that are kept, end in
 * milliseconds or '', then fields and values. Answers 1, or 0 if there are as many already.
 */
export const ADD_API_KEY = `
  local prefix, keyId, max, expiresAt = unpack(ARGV)
  for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if redis.call('EXISTS', prefix .. other) == 0 then redis.call('ZREM', KEYS[1], other) end
  end
  if redis.call('ZCARD', KEYS[1]) >= tonumber(max) then return 0 end
  ${NOW}
  redis.call('HSET', KEYS[2], 'createdAt', time, unpack(ARGV, 5))
  local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  local left = redis.call('PTTL', KEYS[1])
  redis.call('ZADD', KEYS[1], string.format('%.0f', math.max(tonumber(time), tonumber(last[2] or 0) + 1)), keyId)
  if expiresAt == '' then
    redis.call('PERSIST', KEYS[1])
  else
    redis.call('PEXPIREAT', KEYS[2], expiresAt)
    if left ~= -1 and left < tonumber(expiresAt) - tonumber(time) then
      redis.call('PEXPIREAT', KEYS[1], expiresAt)
    end
  end
  return 1
`;

/** KEYS: the account's keys in their order. ARGV: prefix of the account's keys. Answers [key id, fields]…, newest first. */
export const LIST_API_KEYS = `
  local found = {}
  for _, keyId in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
    local fields = redis.call('HMGET', ARGV[1] .. keyId, ${FIELDS})
    if fields[1] then found[#found + 1] = {keyId, fields} end
  end
  return found
`;

/** KEYS: key. */
export const USE_API_KEY = `
  if redis.call('EXISTS', KEYS[1]) == 0 then return end
  ${NOW}
  redis.call('HSET', KEYS[1], 'lastUsedAt', time)
`;

/** KEYS: the account's keys in their order, key. ARGV: key id. Answers 1, or 0 if there was none. */
export const REMOVE_API_KEY = `
  redis.call('ZREM', KEYS[1], ARGV[1])
  return redis.call('DEL', KEYS[2])
`;

/** KEYS: the account's keys in their order. ARGV: prefix of the account's keys. */
export const REMOVE_API_KEYS = `
  for _, keyId in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('DEL', ARGV[1] .. keyId) end
  redis.call('DEL', KEYS[1])
`;
