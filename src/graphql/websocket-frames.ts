import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** FIN and the opcode of text (RFC 6455, section 5.2). */
const WHOLE_TEXT = 0x81;

/** Bytes of a frame up to which copying costs less than a second piece to write; measured: 64 KB and more. */
const MAX_COPIED_BYTES = 65_536;

const NOTHING = Buffer.alloc(0);

/** Bytes of the head of a server's frame, which is not masked. */
function headBytes(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHead(frame: Buffer, length: number): void {
  frame[0] = WHOLE_TEXT;
  if (length < 126) {
    frame[1] = length;
  } else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
}

/** What a message begins with: the viewer's own. */
export interface Beginning {
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly bytes: number;
}

/** Writes messages as whole frames. All but their beginning is shared by many viewers. */
export interface FrameWriter {
  /** @returns whether the system took everything */
  writePlain(socket: Socket, beginning: Beginning, rest: Buffer): boolean;
  write(socket: Duplex, beginning: Beginning, rest: Buffer, onTaken?: (error?: Error | null) => void): void;
}

export function createFrameWriter(): FrameWriter {
  // What the system took of a plain socket's write is ours again. So the frame is copied once for all viewers whose
  // beginnings are equally long, and each gets its own written over the last one's: as cheap as a Buffer that is shared.
  let memory = NOTHING;
  let frame = NOTHING;
  let beginningBytes = 0;
  let restInFrame: Buffer | null = null;

  function fill(bytes: number, rest: Buffer): void {
    const length = bytes + rest.length;
    const start = headBytes(length);
    const size = start + length;
    // Not much larger than needed, for a slow socket keeps all of it.
    if (size > memory.length || size < memory.length / 2) memory = Buffer.allocUnsafeSlow(size);
    frame = memory.subarray(0, size);
    writeHead(frame, length);
    rest.copy(frame, start + bytes);
    beginningBytes = bytes;
    restInFrame = rest;
  }

  function write(socket: Duplex, { text, bytes }: Beginning, rest: Buffer, onTaken?: (error?: Error | null) => void) {
    const length = bytes + rest.length;
    const start = headBytes(length);
    const head = Buffer.allocUnsafe(start + bytes);
    writeHead(head, length);
    head.write(text, start);
    socket.cork();
    socket.write(head);
    socket.write(rest, onTaken);
    socket.uncork();
  }

  return {
    write,
    writePlain(socket, beginning, rest) {
      const { text, bytes } = beginning;
      if (socket.writableLength > 0 || bytes + rest.length > MAX_COPIED_BYTES) {
        write(socket, beginning, rest);
        return socket.writableLength === 0;
      }
      if (rest !== restInFrame || bytes !== beginningBytes) fill(bytes, rest);
      frame.write(text, frame.length - rest.length - bytes);
      socket.write(frame);
      if (socket.writableLength === 0) return true;
      memory = NOTHING;
      restInFrame = null;
      return false;
    },
  };
}
