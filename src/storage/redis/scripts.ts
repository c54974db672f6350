import { PUBLISH_FRAME, PUBLISH_GONE } from './announcement.ts';
import { NOW } from './now-script.ts';
import { ALL_FIELDS, HEAD_FIELDS } from './session-hash.ts';
import { EXCESS, USAGE } from './usage-script.ts';

const quoted = (fields: readonly string[]) => fields.map((field) => `'${field}'`).join(', ');

/** How many of the expired each beginning forgets: more than it adds, so that they never pile up. */
const FORGOTTEN_AT_BEGINNING = 10;
/** How many are forgotten before a quota is looked at again. */
const FORGOTTEN_AT_EXCESS = 100;

/**
 * Compares, checks the quotas, stores, indexes and announces.
 *
 * KEYS: session[, changes, counter, sizes, expiries, total]. ARGV: expected (`absent`, `revision`, `version`), epoch,
 * number expected or '', args, svg, warnings, time to live (`keep`, '' = none, or ms), channel, member, prefix of the
 * owner's session keys, most sessions and most bytes of an owner, when the place of a public beginning is given up or
 * '', visibility or `keep`, [template].
 * Answers [1, head fields], or [0, all fields] of what stands there, or [2, quota, used, wanted], or [3]: the place was
 * given up.
 */
export const WRITE_SESSION = `
  local session, changes, counter, sizes, expiries, total = unpack(KEYS)
  local expected, epoch, number, args, svg, warnings, ttl, channel, member, prefix, maxSessions, maxBytes, placeUntil,
    wanted, template = unpack(ARGV)
  ${USAGE}
  local at = redis.call('HMGET', session, 'epoch', 'version', 'revision', 'createdAt', 'ttlMs', 'visibility', 'access')
  local begins = not at[1]
  local holds
  if expected == 'absent' then
    holds = begins
  else
    holds = at[1] == epoch and (expected == 'revision' and at[3] or at[2]) == number
  end
  if not holds then return {0, redis.call('HMGET', session, ${quoted(ALL_FIELDS)})} end

  ${NOW}
  if placeUntil ~= '' and tonumber(time) > tonumber(placeUntil) then return {3} end
  local size, before
  if changes then
    size = #args + #svg + (template and #template or redis.call('HSTRLEN', session, 'template'))
    before = counted(member)
    if not before then
      countUncounted(prefix)
      before = counted(member)
    end
    if begins then
      forget(member)
      before = nil
      forgetExpired(time, ${FORGOTTEN_AT_BEGINNING})
    end
    ${EXCESS}
    local tooMuch = excess()
    while tooMuch and forgetExpired(time, ${FORGOTTEN_AT_EXCESS}) > 0 do
      before = counted(member)
      tooMuch = excess()
    end
    if tooMuch then return {2, unpack(tooMuch)} end
  end

  local version = string.format('%.0f', (tonumber(at[2] or 0)) + 1)
  local revision = template and version or at[3]
  local createdAt = at[4] or time
  if ttl == 'keep' then ttl = at[5] end
  local expiresAt = ''
  if ttl ~= '' then expiresAt = string.format('%.0f', tonumber(time) + tonumber(ttl)) end

  local visibility, access = at[6] or 'public', at[7] or '0'
  if wanted ~= 'keep' and wanted ~= visibility then
    visibility, access = wanted, string.format('%.0f', tonumber(access) + 1)
    redis.call('HSET', session, 'visibility', visibility, 'access', access)
  end

  redis.call('HSET', session, 'epoch', epoch, 'version', version, 'revision', revision, 'createdAt', createdAt,
    'updatedAt', time, 'ttlMs', ttl, 'expiresAt', expiresAt, 'args', args, 'svg', svg, 'warnings', warnings)
  if template then redis.call('HSET', session, 'template', template) end
  if expiresAt ~= '' then redis.call('PEXPIREAT', session, expiresAt) else redis.call('PERSIST', session) end

  if changes then
    redis.call('ZADD', changes, redis.call('INCR', counter), member)
    count(member, size, before, expiresAt)
  end
  ${PUBLISH_FRAME}
  return {1, {epoch, version, revision, createdAt, time, ttl, expiresAt, visibility, access}}
`;

/**
 * KEYS: session[, changes, …]. ARGV: channel, member[, epoch and version at which it must stand].
 * Answers 1, or 0 if there was none that stands so.
 */
export const DELETE_SESSION = `
  local session, changes, counter, sizes, expiries, total = unpack(KEYS)
  local channel, member, onlyEpoch, onlyVersion = unpack(ARGV)
  ${USAGE}
  local epoch, version = unpack(redis.call('HMGET', session, 'epoch', 'version'))
  if not epoch then return 0 end
  if onlyEpoch and (epoch ~= onlyEpoch or version ~= onlyVersion) then return 0 end
  redis.call('DEL', session)
  if changes then forget(member) end
  ${PUBLISH_GONE}
  return 1
`;

/**
 * KEYS: those of the owner. ARGV: prefix of the owner's session keys, change before which to begin or '', number wanted.
 * Answers [member, change, head fields]…, at least as many as wanted if there are; forgets members that expired.
 */
export const LIST_SESSIONS = `
  local changes, counter, sizes, expiries, total = unpack(KEYS)
  local prefix, before, wanted = ARGV[1], ARGV[2], tonumber(ARGV[3])
  ${USAGE}
  local found = {}
  local max = before == '' and '+inf' or '(' .. before
  while #found < wanted do
    local batch = redis.call('ZREVRANGEBYSCORE', changes, max, '-inf', 'WITHSCORES', 'LIMIT', 0, wanted)
    if #batch == 0 then break end
    for i = 1, #batch, 2 do
      local head = redis.call('HMGET', prefix .. batch[i], ${quoted(HEAD_FIELDS)})
      if head[1] then
        found[#found + 1] = {batch[i], batch[i + 1], head}
      else
        forget(batch[i])
      end
      max = '(' .. batch[i + 1]
    end
  end
  return found
`;
