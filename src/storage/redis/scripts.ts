import { PUBLISH_FRAME, PUBLISH_GONE } from './announcement.ts';
import { ALL_FIELDS, HEAD_FIELDS } from './session-hash.ts';

const quoted = (fields: readonly string[]) => fields.map((field) => `'${field}'`).join(', ');

/** Lua: `now`, milliseconds by Redis' clock, as text; a number joined to text would lose digits beyond the 14th. */
const NOW = `
  local clock = redis.call('TIME')
  local time = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
`;

/**
 * Compares, stores, indexes and announces.
 *
 * KEYS: session[, changes, counter]. ARGV: expected (`absent`, `revision`, `version`), epoch, number expected or '',
 * args, svg, warnings, time to live (`keep`, '' = none, or ms), channel, member, prefix of the owner's session keys,
 * [template].
 * Answers [1, head fields], or [0, all fields] of what stands there.
 */
export const WRITE_SESSION = `
  local session, changes, counter = KEYS[1], KEYS[2], KEYS[3]
  local expected, epoch, number, args, svg, warnings, ttl, channel, member, prefix, template = unpack(ARGV)
  local at = redis.call('HMGET', session, 'epoch', 'version', 'revision', 'createdAt', 'ttlMs')
  local holds
  if expected == 'absent' then
    holds = not at[1]
  else
    holds = at[1] == epoch and (expected == 'revision' and at[3] or at[2]) == number
  end
  if not holds then return {0, redis.call('HMGET', session, ${quoted(ALL_FIELDS)})} end

  ${NOW}
  local version = string.format('%.0f', (tonumber(at[2] or 0)) + 1)
  local revision = template and version or at[3]
  local createdAt = at[4] or time
  if ttl == 'keep' then ttl = at[5] end
  local expiresAt = ''
  if ttl ~= '' then expiresAt = string.format('%.0f', tonumber(time) + tonumber(ttl)) end

  redis.call('HSET', session, 'epoch', epoch, 'version', version, 'revision', revision, 'createdAt', createdAt,
    'updatedAt', time, 'ttlMs', ttl, 'expiresAt', expiresAt, 'args', args, 'svg', svg, 'warnings', warnings)
  if template then redis.call('HSET', session, 'template', template) end
  if expiresAt ~= '' then redis.call('PEXPIREAT', session, expiresAt) else redis.call('PERSIST', session) end

  if changes then
    local change = redis.call('INCR', counter)
    redis.call('ZADD', changes, change, member)
    if not at[1] then
      -- Each beginning looks at the oldest place of the list and at a random one (microseconds), so that a list that
      -- nobody reads does not fill with the expired.
      for _, rank in ipairs({0, tonumber(clock[2]) % redis.call('ZCARD', changes)}) do
        local other = redis.call('ZRANGE', changes, rank, rank)[1]
        if other and redis.call('EXISTS', prefix .. other) == 0 then redis.call('ZREM', changes, other) end
      end
    end
  end
  ${PUBLISH_FRAME}
  return {1, {epoch, version, revision, createdAt, time, ttl, expiresAt}}
`;

/** KEYS: session[, changes, …]. ARGV: channel, member. Answers 1, or 0 if there was none. */
export const DELETE_SESSION = `
  local channel, member = unpack(ARGV)
  local epoch = redis.call('HGET', KEYS[1], 'epoch')
  if not epoch then return 0 end
  redis.call('DEL', KEYS[1])
  if KEYS[2] then redis.call('ZREM', KEYS[2], member) end
  ${PUBLISH_GONE}
  return 1
`;

/**
 * KEYS: changes. ARGV: prefix of the owner's session keys, change before which to begin or '', number wanted.
 * Answers [member, change, head fields]…, at least as many as wanted if there are; removes members that expired.
 */
export const LIST_SESSIONS = `
  local prefix, before, wanted = ARGV[1], ARGV[2], tonumber(ARGV[3])
  local found = {}
  local max = before == '' and '+inf' or '(' .. before
  while #found < wanted do
    local batch = redis.call('ZREVRANGEBYSCORE', KEYS[1], max, '-inf', 'WITHSCORES', 'LIMIT', 0, wanted)
    if #batch == 0 then break end
    for i = 1, #batch, 2 do
      local head = redis.call('HMGET', prefix .. batch[i], ${quoted(HEAD_FIELDS)})
      if head[1] then
        found[#found + 1] = {batch[i], batch[i + 1], head}
      else
        redis.call('ZREM', KEYS[1], batch[i])
      end
      max = '(' .. batch[i + 1]
    end
  end
  return found
`;

/** KEYS: account. ARGV: password hash. Answers 1, or 0 if the id is taken. */
export const CLAIM_ACCOUNT = `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
  ${NOW}
  redis.call('HSET', KEYS[1], 'passwordHash', ARGV[1], 'createdAt', time)
  return 1
`;
