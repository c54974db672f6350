/**
 * Lua: what an owner's sessions hold, beside the sessions themselves, since a key that expires by itself tells nobody.
 * Needs the locals `changes`, `sizes`, `expiries`, `total` (keys); all functions take or answer bytes and members.
 */
export const USAGE = `
  -- What counts of it; nil: nothing does.
  local function counted(member)
    return tonumber(redis.call('HGET', sizes, member) or nil)
  end

  local function forget(member)
    local size = counted(member)
    if size then
      redis.call('HDEL', sizes, member)
      redis.call('DECRBY', total, size)
    end
    redis.call('ZREM', expiries, member)
    redis.call('ZREM', changes, member)
  end

  -- At most so many, the earliest first; answers how many.
  local function forgetExpired(time, most)
    local expired = redis.call('ZRANGEBYSCORE', expiries, '-inf', '(' .. time, 'LIMIT', 0, most)
    for _, member in ipairs(expired) do forget(member) end
    return #expired
  end

  local function bytesOf(session)
    return redis.call('HSTRLEN', session, 'template') + redis.call('HSTRLEN', session, 'args')
      + redis.call('HSTRLEN', session, 'svg')
  end

  local function count(member, size, before, expiresAt)
    if size ~= before then
      redis.call('HSET', sizes, member, size)
      redis.call('INCRBY', total, size - (before or 0))
    end
    if expiresAt ~= '' then redis.call('ZADD', expiries, expiresAt, member) else redis.call('ZREM', expiries, member) end
  end

  -- Sessions that were written before there were quotas stand in the list, and nowhere else.
  local function countUncounted(prefix)
    if redis.call('EXISTS', sizes) == 1 then return end
    redis.call('DEL', total, expiries)
    for _, member in ipairs(redis.call('ZRANGE', changes, 0, -1)) do
      local expiresAt = redis.call('HGET', prefix .. member, 'expiresAt')
      if expiresAt then count(member, bytesOf(prefix .. member), nil, expiresAt) else forget(member) end
    end
  end
`;

/**
 * Lua: `excess()` answers nil, or which quota the write would pass, what is used and what would be; needs USAGE and
 * the locals `begins`, `before` (what counted of the session), `size`, `maxSessions`, `maxBytes`.
 */
export const EXCESS = `
  local function excess()
    local sessions = begins and redis.call('HLEN', sizes)
    if begins and sessions + 1 > tonumber(maxSessions) then return {'maxSessionsPerUser', sessions, sessions + 1} end
    if size <= (before or 0) then return nil end
    local used = tonumber(redis.call('GET', total) or 0)
    local wanted = used - (before or 0) + size
    if wanted > tonumber(maxBytes) then return {'maxBytesPerUser', used, wanted} end
  end
`;
