import type { Frame } from '../frames/frame.ts';

/** `multipart/x-mixed-replace` as browsers read it; the syntax is that of RFC 2046, section 5.1. */
export const MULTIPART_TYPE = 'multipart/x-mixed-replace; boundary=frame';

const DELIMITER = '--frame\r\nContent-Type: image/svg+xml\r\n\r\n';

/** Opens the first part. */
export const OPENING = Buffer.from(DELIMITER);

/** Closes the part that stands open and empty after each frame. */
export const CLOSING = Buffer.from('--frame--\r\n');

/**
 * Chromium withholds an image of another origin until it has looked at 1024 bytes of the body (opaque response
 * blocking), and WebKit paints nothing before 512.
 */
const FIRST_FRAME_MIN_BYTES = 1024;

/**
 * Engines finish a part when they have read the headers of the next one: sent at once behind the frame, they make it
 * visible now instead of one update late.
 */
function part(svg: string): Buffer {
  return Buffer.from(`${svg}\r\n${DELIMITER}`);
}

function firstPart(svg: string): Buffer {
  return part(svg + ' '.repeat(Math.max(0, FIRST_FRAME_MIN_BYTES - Buffer.byteLength(svg))));
}

/** Encodes each frame once; all viewers of it are handed the same bytes. */
function oncePerFrame(encode: (svg: string) => Buffer): (frame: Frame) => Buffer {
  const encoded = new WeakMap<Frame, Buffer>();
  return (frame) => {
    let bytes = encoded.get(frame);
    if (bytes === undefined) {
      bytes = encode(frame.svg);
      encoded.set(frame, bytes);
    }
    return bytes;
  };
}

export const encodeFrame = oncePerFrame(part);
export const encodeFirstFrame = oncePerFrame(firstPart);
