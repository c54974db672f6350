/**
 * Args and picture of a session as one value, since an update replaces both: how many bytes the args take (UInt32LE), the
 * args, the svg, both UTF-8.
 */
const HEAD_BYTES = 4;

/** Most contents fit; memory for one that does not is made for it alone. */
const reused = Buffer.allocUnsafeSlow(256 * 1024);

/** @returns valid until the next call, which is all that a put needs */
export function encodeContent(args: string, svg: string): Buffer {
  // UTF-8 takes at most three bytes for a code unit. Counting first would read all of it twice.
  const fits = HEAD_BYTES + 3 * (args.length + svg.length) <= reused.length;
  const bytes = fits ? reused : Buffer.allocUnsafe(HEAD_BYTES + Buffer.byteLength(args) + Buffer.byteLength(svg));
  const argsBytes = bytes.write(args, HEAD_BYTES);
  const svgAt = HEAD_BYTES + argsBytes;
  bytes.writeUInt32LE(argsBytes, 0);
  return bytes.subarray(0, svgAt + bytes.write(svg, svgAt));
}

/** UTF-8 bytes of args and svg together. */
export function contentBytes(content: Buffer): number {
  return content.length - HEAD_BYTES;
}

export function argsIn(content: Buffer): string {
  return content.toString('utf8', HEAD_BYTES, HEAD_BYTES + content.readUInt32LE(0));
}

export function svgIn(content: Buffer): string {
  return content.toString('utf8', HEAD_BYTES + content.readUInt32LE(0));
}
