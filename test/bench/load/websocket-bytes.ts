/** A client's text message (RFC 6455, section 5.2), its mask zero. */
export function textMessage(text: string): Buffer {
  return message(0x81, Buffer.from(text));
}

/** A pong that nobody asked for (section 5.5.3) keeps a connection open as one in time would. */
export const PONG = message(0x8a, Buffer.alloc(0));

function message(opcode: number, payload: Buffer): Buffer {
  const mask = Buffer.alloc(4);
  if (payload.length < 126) return Buffer.concat([Buffer.from([opcode, 0x80 | payload.length]), mask, payload]);
  if (payload.length > 0xffff) throw new Error('longer than any message of a benchmark');
  return Buffer.concat([Buffer.from([opcode, 0xfe, payload.length >> 8, payload.length & 0xff]), mask, payload]);
}
