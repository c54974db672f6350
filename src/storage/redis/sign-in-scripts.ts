import { NOW } from './now-script.ts';

/** A sign-in is one hash with these fields beside `tokenHash` and `familyHash`; a missing agent is null. */
export const SIGN_IN_FIELDS = ['userId', 'createdAt', 'lastUsedAt', 'expiresAt', 'agent'] as const;

const FIELDS = SIGN_IN_FIELDS.map((field) => `'${field}'`).join(', ');

/** Lua: puts `sid` at the end of the account's order and gives all their time; needs `time`, `expiresAt`, `sid`. */
const TOUCH = `
  redis.call('PEXPIREAT', KEYS[2], expiresAt)
  local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  local left = redis.call('PTTL', KEYS[1])
  redis.call('ZADD', KEYS[1], string.format('%.0f', math.max(tonumber(time), tonumber(last[2] or 0) + 1)), sid)
  if left < tonumber(expiresAt) - tonumber(time) then redis.call('PEXPIREAT', KEYS[1], expiresAt) end
`;

/**
 * KEYS: the account's order of use, sign-in. ARGV: prefix of the account's sign-ins, sid, user id, token hash or '',
 * family hash or '', time to live, most that are kept, [agent]. Answers the sids that had to go.
 */
export const ADD_SIGN_IN = `
  local prefix, sid, userId, tokenHash, familyHash, ttl, max, agent = unpack(ARGV)
  local live = {}
  for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if redis.call('EXISTS', prefix .. other) == 1 then
      live[#live + 1] = other
    else
      redis.call('ZREM', KEYS[1], other)
    end
  end
  local gone = {}
  for i = 1, #live - tonumber(max) + 1 do
    redis.call('DEL', prefix .. live[i])
    redis.call('ZREM', KEYS[1], live[i])
    gone[i] = live[i]
  end
  ${NOW}
  local expiresAt = string.format('%.0f', tonumber(time) + tonumber(ttl))
  redis.call('HSET', KEYS[2], 'userId', userId, 'createdAt', time, 'lastUsedAt', time, 'expiresAt', expiresAt)
  if tokenHash ~= '' then redis.call('HSET', KEYS[2], 'tokenHash', tokenHash, 'familyHash', familyHash) end
  if agent then redis.call('HSET', KEYS[2], 'agent', agent) end
  ${TOUCH}
  return gone
`;

/**
 * KEYS: the account's order of use, sign-in, answer to the presented token. ARGV: sid, hash presented, of its family,
 * next, sealed answer, grace, time to live. Answers [what it is, fields, sealed answer].
 */
export const ROTATE_SIGN_IN = `
  local sid, presentedHash, familyHash, nextHash, sealed, grace, ttl = unpack(ARGV)
  local at = redis.call('HMGET', KEYS[2], 'tokenHash', 'familyHash')
  if not at[1] or at[2] ~= familyHash then return {'unknown'} end
  if at[1] ~= presentedHash then
    local fields = redis.call('HMGET', KEYS[2], ${FIELDS})
    local answer = redis.call('GET', KEYS[3])
    if answer then return {'repeated', fields, answer} end
    return {'reused', fields}
  end
  ${NOW}
  local expiresAt = string.format('%.0f', tonumber(time) + tonumber(ttl))
  redis.call('HSET', KEYS[2], 'tokenHash', nextHash, 'lastUsedAt', time, 'expiresAt', expiresAt)
  redis.call('SET', KEYS[3], sealed, 'PX', grace)
  ${TOUCH}
  return {'rotated', redis.call('HMGET', KEYS[2], ${FIELDS})}
`;

/** KEYS: the account's order of use. ARGV: prefix of the account's sign-ins. Answers [sid, fields]…, last used first. */
export const LIST_SIGN_INS = `
  local found = {}
  for _, sid in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
    local fields = redis.call('HMGET', ARGV[1] .. sid, ${FIELDS})
    if fields[1] then found[#found + 1] = {sid, fields} end
  end
  return found
`;

/** KEYS: the account's order of use. ARGV: prefix of the account's sign-ins, sids. */
export const REMOVE_SIGN_INS = `
  for i = 2, #ARGV do
    redis.call('DEL', ARGV[1] .. ARGV[i])
    redis.call('ZREM', KEYS[1], ARGV[i])
  end
`;
