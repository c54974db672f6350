import type { EndReason } from './channel.ts';
import type { Frame } from './frame.ts';
import { oncePerFrame, type Representation } from './representation.ts';

const NOTHING = Buffer.alloc(0);

/** How a protocol puts frames on the wire. */
export interface FrameMessages {
  readonly opening: Buffer;
  readonly message: (frame: Frame) => Buffer;
  readonly heartbeat: Buffer;
  readonly closing: (reason: EndReason) => Buffer;
}

/** The representation for viewers who have the frame with this etag, perhaps of another session's life; '' is that of none. */
export type Resume = (after: string) => Representation;

/** Whether a viewer with the frame `after` has this one behind it already. */
function isBehind({ epoch, version }: Frame, after: string): boolean {
  const dot = after.lastIndexOf('.');
  return after.slice(0, dot) === epoch && version <= Number(after.slice(dot + 1));
}

/** Representations of a protocol whose viewers say, when they come back after a cut, which frame they have. */
export function resumable({ opening, message, heartbeat, closing }: FrameMessages): Resume {
  const encoded = oncePerFrame(message);
  const whole = represent(encoded);
  /** For the newest `after`: viewers who come back after a cut mostly have the same. Others keep theirs to themselves. */
  let resumed: { readonly after: string; readonly representation: Representation } | null = null;

  function represent(next: (frame: Frame) => Buffer): Representation {
    return {
      first: oncePerFrame((frame) => Buffer.concat([opening, next(frame)])),
      next,
      repeat: () => heartbeat,
      closing,
    };
  }

  return (after) => {
    if (after === '') return whole;
    if (resumed?.after !== after) {
      // Not only of the first frame: what another server has shown already may reach this one a moment later.
      const representation = represent((frame) => (isBehind(frame, after) ? NOTHING : encoded(frame)));
      resumed = { after, representation };
    }
    return resumed.representation;
  };
}
