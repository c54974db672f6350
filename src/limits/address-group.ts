import { isIPv6 } from 'node:net';

function hextets(part: string): string[] {
  return part === '' ? [] : part.split(':');
}

/**
 * What counts as one address: of IPv6 the first 64 bits, for whoever has one address of a network has all of it. An
 * IPv4 address is itself, also where it is written as an IPv6 one (RFC 4291, section 2.5.5.2).
 */
export function addressGroup(address: string): string {
  const [unzoned = ''] = address.split('%');
  if (!isIPv6(unzoned)) return address;
  // The URL standard's one way to write it: lower case, no leading zeros, no dots.
  const canonical = new URL(`http://[${unzoned}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const [first, last] = [hextets(head), hextets(tail ?? '')];
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  if (all.slice(0, 6).join() === '0,0,0,0,0,ffff') return dotted(all.slice(6));
  return `${all.slice(0, 4).join(':')}::/64`;
}

function dotted(two: readonly string[]): string {
  return two.flatMap((hex) => [Number.parseInt(hex, 16) >> 8, Number.parseInt(hex, 16) & 255]).join('.');
}
