import type { Frame } from '../frames/frame.ts';
import { oncePerFrame, type Representation } from '../frames/representation.ts';

/** `multipart/x-mixed-replace` as browsers read it; the syntax is that of RFC 2046, section 5.1. */
export const MULTIPART_TYPE = 'multipart/x-mixed-replace; boundary=frame';

/** Opens a part. */
const DELIMITER = '--frame\r\nContent-Type: image/svg+xml\r\n\r\n';

/** Closes the part that stands open and empty after each frame. */
const CLOSING = '--frame--\r\n';

/** In place of the last picture, which browsers would go on showing to one who may see it no more. */
const BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/**
 * Chromium withholds an image of another origin until it has looked at 1024 bytes of the body (opaque response
 * blocking), and WebKit paints nothing before 512.
 */
const FIRST_FRAME_MIN_BYTES = 1024;

/**
 * Engines finish a part when they have read the headers of the next one: sent at once behind the frame, they make it
 * visible now instead of one update late.
 */
const part = ({ svg }: Pick<Frame, 'svg'>) => `${svg}\r\n${DELIMITER}`;

function firstPart(frame: Frame): string {
  const missing = FIRST_FRAME_MIN_BYTES - Buffer.byteLength(frame.svg);
  return DELIMITER + part(missing > 0 ? { ...frame, svg: frame.svg + ' '.repeat(missing) } : frame);
}

function multipart(first: (frame: Frame) => string, next: (frame: Frame) => string): Representation {
  const encoded = oncePerFrame((frame) => Buffer.from(next(frame)));
  return {
    first: oncePerFrame((frame) => Buffer.from(first(frame))),
    next: encoded,
    repeat: encoded,
    closing: (reason) => Buffer.from(reason === 'withdrawn' ? part({ svg: BLANK }) + CLOSING : CLOSING),
  };
}

export const MULTIPART = multipart(firstPart, part);

/** Every frame twice, for viewers that show each one only when the next has begun. */
export const DOUBLED_MULTIPART = multipart(
  (frame) => firstPart(frame) + part(frame),
  (frame) => part(frame).repeat(2),
);
