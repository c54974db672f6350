import { isIP } from 'node:net';
import { z } from 'zod';
import { isRedisUrl } from './redis-url.ts';

// Every schema reads text, wherever it was written, so that a value means the same as a flag and in a file.

/** A number in digits alone, from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): z.ZodType<number, string> {
  return z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));
}

/** `on` or `off`. */
export const onOff: z.ZodType<boolean, string> = z.enum(['on', 'off']).transform((text) => text === 'on');

/** An IP address or a host name, without port. IPv6 is accepted in brackets and handed out without. */
export const hostName: z.ZodType<string, string> = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine((text) => isIP(text) !== 0 || (/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text) && !/^[\d.]+$/.test(text)));

/** What may follow `Bearer` (RFC 6750, section 2.1), too long to be guessed. */
export const bearerToken: z.ZodType<string, string> = z.string().regex(/^[A-Za-z\d\-._~+/]{16,}=*$/);

/** 32 bytes in hexadecimal or base64 (RFC 4648), either alphabet, with padding or without. */
export const bytes32: z.ZodType<Uint8Array, string> = z
  .string()
  .regex(/^(?:[\da-f]{64}|[\w+/-]{43}=?)$/i)
  .transform((text) => new Uint8Array(Buffer.from(text, text.length === 64 ? 'hex' : 'base64')));

/** A path; where it begins is the reader's matter. */
export const path: z.ZodType<string, string> = z.string().refine((text) => text.trim() !== '' && !text.includes('\0'));

/** Handed out as it was written, since only the client library can read all of its forms. */
export const redisUrl: z.ZodType<string, string> = z.string().refine(isRedisUrl);

/** An origin, of http: or https:. Not one with a path: pages name each other and their files from the root. */
export const webOrigin: z.ZodType<string, string> = z
  .string()
  .refine((text) => isOrigin(text) && !/[?#]$/.test(text))
  .transform((text) => new URL(text).origin);

/** `off`: false; a number of hops; or a comma-separated list of addresses and CIDR blocks. */
export const proxies: z.ZodType<false | number | readonly string[], string> = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((list) => list.join() === 'off' || /^\d{1,2}$/.test(list.join()) || list.every(isAddressBlock))
  .transform((list) => (list.join() === 'off' ? false : /^\d+$/.test(list.join()) ? Number(list[0]) : list));

function isAddressBlock(text: string): boolean {
  const [, address = '', bits = '0'] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && !address.includes('%') && Number(bits) <= (family === 6 ? 128 : 32);
}

/** `*` or a comma-separated list of origins, each in the form in which browsers send it (RFC 6454). */
export const origins: z.ZodType<'*' | readonly string[], string> = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.join() === '*' || list.every(isOrigin))
  .transform((list) => (list.join() === '*' ? '*' : list.map((origin) => new URL(origin).origin)));

function isOrigin(text: string): boolean {
  const url = parseWebUrl(text);
  // Browsers send no pattern, and none is matched: a star would silently allow nobody.
  return url !== null && url.href === `${url.origin}/` && !url.host.includes('*');
}

/** null: not http(s), or with a user's name or password in it. */
function parseWebUrl(text: string): URL | null {
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : null;
}
