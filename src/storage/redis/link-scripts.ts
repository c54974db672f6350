import { PUBLISH_ACCESS } from './announcement.ts';
import { NOW } from './now-script.ts';

/*
 * The links of a session are one field of its hash, a line each, so that they end with it: id, when it was made, when it
 * expires or `-`, frames per second or `-`.
 */

/**
 * KEYS: session. ARGV: epoch, link id, when it expires or `-`, frames per second or `-`, most links.
 * Answers [1, time], [0] if there is no session of this epoch, [2] if it has as many links already.
 */
export const ADD_LINK = `
  local epoch, linkId, expiresAt, maxFps, max = unpack(ARGV)
  local at = redis.call('HMGET', KEYS[1], 'epoch', 'links')
  if at[1] ~= epoch then return {0} end
  ${NOW}
  local kept = {}
  for line, ends in string.gmatch(at[2] or '', '(%S+ %S+ (%S+) %S+\\n)') do
    if ends == '-' or tonumber(ends) > tonumber(time) then kept[#kept + 1] = line end
  end
  if #kept >= tonumber(max) then return {2} end
  kept[#kept + 1] = table.concat({linkId, time, expiresAt, maxFps}, ' ') .. '\\n'
  redis.call('HSET', KEYS[1], 'links', table.concat(kept))
  return {1, time}
`;

/** KEYS: session. ARGV: link id, channel. Answers 1, or 0 if there was none. */
export const REMOVE_LINK = `
  local linkId, channel = unpack(ARGV)
  local epoch, version, time, links = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'version', 'updatedAt', 'links'))
  local kept, found = {}, false
  for line, id in string.gmatch(links or '', '((%S+) %S+ %S+ %S+\\n)') do
    if id == linkId then found = true else kept[#kept + 1] = line end
  end
  if not found then return 0 end
  local access = redis.call('HINCRBY', KEYS[1], 'access', 1)
  redis.call('HSET', KEYS[1], 'links', table.concat(kept))
  ${PUBLISH_ACCESS}
  return 1
`;
