import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** A socket that says at once, by its `writableLength`, what the system took of a write; null: others only call back. */
export function plainSocket(socket: Duplex): Socket | null {
  return socket instanceof Socket && !(socket instanceof TLSSocket) ? socket : null;
}
