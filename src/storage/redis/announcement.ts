import type { StoredFrame } from '../session-store.ts';

/**
 * What a session's channel carries, in bytes:
 *
 *     epoch SP version SP time LF svg      a frame
 *     epoch SP version SP time             a frame too large to publish, or who may see it has changed: read it
 *     epoch SP "gone"                      the session of this epoch was deleted
 *
 * `time` is milliseconds since 1970; behind it stands SP and `access`, unless that is 0. The svg is all that follows the
 * first LF, untouched.
 */
export type Announcement =
  | { readonly is: 'frame'; readonly frame: StoredFrame }
  | { readonly is: 'large'; readonly epoch: string }
  | { readonly is: 'gone'; readonly epoch: string };

/** Redis disconnects a subscriber at 32 MB of unread output, so a frame above this is announced without its picture. */
const MAX_PUBLISHED_SVG_BYTES = 65_536;

const LF = 0x0a;

/** Lua: publishes the frame; needs the locals `channel`, `epoch`, `version`, `time`, `access` (texts) and `svg`. */
export const PUBLISH_FRAME = `
  local announcement = epoch .. ' ' .. version .. ' ' .. time
  if access ~= '0' then announcement = announcement .. ' ' .. access end
  if #svg <= ${MAX_PUBLISHED_SVG_BYTES} then announcement = announcement .. '\\n' .. svg end
  redis.call('PUBLISH', channel, announcement)
`;

/** Lua: publishes that who may see the session has changed; needs the locals `channel`, `epoch`, `version`, `time`, `access`. */
export const PUBLISH_ACCESS = `
  redis.call('PUBLISH', channel, epoch .. ' ' .. version .. ' ' .. time .. ' ' .. access)
`;

/** Lua: publishes the end; needs the locals `channel` and `epoch`. */
export const PUBLISH_GONE = `
  redis.call('PUBLISH', channel, epoch .. ' gone')
`;

/** @returns null for what is no announcement: anybody may publish on a channel. */
export function decodeAnnouncement(bytes: Buffer): Announcement | null {
  const end = bytes.indexOf(LF);
  const head = bytes.toString('latin1', 0, end === -1 ? Math.min(bytes.length, 200) : end);
  const [, epoch, version, time, access = 0] = /^([\w-]+) (?:gone|(\d+) (\d+)(?: (\d+))?)$/.exec(head) ?? [];
  if (epoch === undefined) return null;
  if (version === undefined) return { is: 'gone', epoch };
  if (end === -1) return { is: 'large', epoch };
  const svg = bytes.toString('utf8', end + 1);
  return {
    is: 'frame',
    frame: { epoch, version: Number(version), renderedAt: Number(time), svg, access: Number(access) },
  };
}
