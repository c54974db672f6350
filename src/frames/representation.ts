import type { EndReason } from './channel.ts';
import type { Frame } from './frame.ts';

/**
 * What frames are to one kind of viewer. Two viewers are of one kind if they are given the same bytes of the same frame;
 * each of these is then asked for once per frame, however many they are, and all of them are handed the one Buffer.
 */
export interface Representation {
  /** What a viewer's stream begins with: the frame that is current when it comes. */
  first(frame: Frame): Buffer;
  /** Every newer frame. */
  next(frame: Frame): Buffer;
  /** What is sent behind the frame once the stream has been silent for the time that the viewer asked for. */
  repeat(frame: Frame): Buffer;
  /** What a stream ends with. */
  closing(reason: EndReason): Buffer;
}

/** The same, remembered for as long as the frame lives. */
export function oncePerFrame(encode: (frame: Frame) => Buffer): (frame: Frame) => Buffer {
  const encoded = new WeakMap<Frame, Buffer>();
  return (frame) => {
    let bytes = encoded.get(frame);
    if (bytes === undefined) {
      bytes = encode(frame);
      encoded.set(frame, bytes);
    }
    return bytes;
  };
}
