import { openFileLimit } from './open-files.ts';
import { setting } from './setting.ts';
import { onOff, wholeNumber } from './value-schemas.ts';

/** How much there may be of everything; the last rows of the table. */
export const limitSettings = {
  maxTemplateBytes: setting({
    flag: 'max-template-bytes',
    env: 'MAX_TEMPLATE_BYTES',
    meaning: 'Longest template, in bytes of its UTF-8.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: '262144',
  }),
  maxArgsBytes: setting({
    flag: 'max-args-bytes',
    env: 'MAX_ARGS_BYTES',
    meaning: 'Longest args, in bytes of the UTF-8 of their JSON after merging.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: '1048576',
  }),
  maxFrameBytes: setting({
    flag: 'max-frame-bytes',
    env: 'MAX_FRAME_BYTES',
    meaning: 'Longest rendered picture, in bytes of its UTF-8.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: '2097152',
  }),
  maxSessionsPerUser: setting({
    flag: 'max-sessions-per-user',
    env: 'MAX_SESSIONS_PER_USER',
    meaning: 'Most sessions of one user that have not expired; one more is answered 429.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: '10000',
  }),
  maxPublicSessions: setting({
    flag: 'max-public-sessions',
    env: 'MAX_PUBLIC_SESSIONS',
    meaning: 'Most public sessions of the whole store that have not expired; one more is answered 429.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: '10000',
  }),
  maxBytesPerUser: setting({
    flag: 'max-bytes-per-user',
    env: 'MAX_BYTES_PER_USER',
    meaning: 'Most bytes of UTF-8 that the sessions of one user hold together: templates, args and newest pictures.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: '268435456',
  }),
  rateLimits: setting({
    flag: 'rate-limits',
    env: 'RATE_LIMITS',
    meaning: 'Whether sign-ins and writes are counted, and too many are answered 429; off: for private networks.',
    accepts: 'on or off',
    schema: onOff,
    fallback: 'on',
  }),
  maxViewers: setting({
    flag: 'max-viewers',
    env: 'MAX_VIEWERS',
    meaning: 'Most connections that watch at once: multipart, SSE and WebSocket together; one more is answered 503.',
    accepts: 'a whole number, 1 or more',
    schema: wholeNumber(1),
    fallback: { inWords: '80 % of the open-file limit', of: () => Math.floor(openFileLimit() * 0.8) },
  }),
  viewerTimeout: setting({
    flag: 'viewer-timeout',
    env: 'VIEWER_TIMEOUT',
    meaning: 'Seconds after which a viewer that takes nothing of what waits for it, or answers no ping, is cut off.',
    accepts: 'a whole number from 1 to 86400',
    schema: wholeNumber(1, 86_400),
    fallback: '60',
  }),
};
