import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Whose `X-Forwarded-*` to believe: nobody's, that of so many proxies in front, or of proxies with these addresses (CIDR). */
export type TrustProxy = false | number | readonly string[];

/** @param hop 0: who connected to us; 1: who connected to that; … */
export type TrustsProxy = (address: string, hop: number) => boolean;

export function trustedProxies(trust: TrustProxy): TrustsProxy {
  if (trust === false) return () => false;
  if (typeof trust === 'number') return (_address, hop) => hop < trust;
  const list = new BlockList();
  for (const entry of trust) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * What the outermost trusted proxy wrote; null: nothing, or nobody is trusted. Each proxy may add a value behind those it
 * was sent, so that what stands further in front is the client's own invention.
 */
export function forwarded(request: IncomingMessage, trusts: TrustsProxy, name: 'proto' | 'host'): string | null {
  const { hops, stranger } = pathOf(request, trusts);
  const trusted = stranger === -1 ? hops.length : stranger;
  if (trusted === 0) return null;
  const values = valuesOf(request, `x-forwarded-${name}`);
  return values[Math.max(0, values.length - trusted)] ?? null;
}

/** The address of the nearest hop that is not trusted: what stands further in front is its own invention. */
export function clientAddress(request: IncomingMessage, trusts: TrustsProxy): string {
  const { hops, stranger } = pathOf(request, trusts);
  return hops.at(stranger) ?? '';
}

/** Some proxies write the client's port too, Azure's and CloudFront's do: another one for each connection. */
function withoutPort(hop: string): string {
  const [, v6, v4] = /^(?:\[(.*)\](?::\d+)?|([\d.]+):\d+)$/.exec(hop) ?? [];
  return v6 ?? v4 ?? hop;
}

/** From who connected to us outwards; `stranger`: the first that is not trusted, -1: all are. */
function pathOf(request: IncomingMessage, trusts: TrustsProxy) {
  const hops = [...valuesOf(request, 'x-forwarded-for').map(withoutPort), request.socket.remoteAddress ?? ''].reverse();
  return { hops, stranger: hops.findIndex((address, hop) => !trusts(address, hop)) };
}

function valuesOf({ headers }: IncomingMessage, name: string): string[] {
  const written = headers[name];
  return written === undefined
    ? []
    : String(written)
        .split(',')
        .map((value) => value.trim());
}
