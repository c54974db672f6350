import type { IncomingMessage } from 'node:http';
import type { Client } from '../auth/caller.ts';
import { clientAddress, type TrustsProxy } from './trusted-proxies.ts';

/** Longest `User-Agent` that is kept, in UTF-16 code units. */
const MAX_AGENT_LENGTH = 200;

/** Who sent this request, as far as the connection and trusted proxies tell. */
export function createClientOf(trusts: TrustsProxy): (request: IncomingMessage) => Client {
  return (request) => ({
    address: clientAddress(request, trusts),
    agent: request.headers['user-agent']?.slice(0, MAX_AGENT_LENGTH) ?? null,
  });
}
