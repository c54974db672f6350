import { type Frame, frameEtag } from '../frames/frame.ts';
import { oncePerFrame, type Representation } from '../frames/representation.ts';
import type { SharedOperation } from './shared-operations.ts';

const NOTHING = Buffer.alloc(0);

/** How a protocol puts results on the wire. */
interface Messages {
  readonly opening: Buffer;
  readonly next: (result: Buffer) => Buffer;
  readonly heartbeat: Buffer;
  readonly closing: Buffer;
}

/** The representations of one operation. */
interface Known {
  readonly message: (frame: Frame) => Buffer;
  readonly whole: Representation;
  /** For the newest `after`: viewers who come back after a cut mostly have the same. Others keep theirs to themselves. */
  resumed: { readonly after: string; readonly representation: Representation } | null;
}

/** @returns the representation of an operation's results, for viewers who have the frame with the etag `after` */
export function frameMessages({ opening, next, heartbeat, closing }: Messages) {
  const known = new WeakMap<SharedOperation, Known>();

  function represent(message: (frame: Frame) => Buffer): Representation {
    return {
      first: oncePerFrame((frame) => Buffer.concat([opening, message(frame)])),
      next: message,
      repeat: () => heartbeat,
      closing: () => closing,
    };
  }

  function knownOf(operation: SharedOperation): Known {
    let found = known.get(operation);
    if (found === undefined) {
      const message = oncePerFrame((frame) => next(operation.result(frame)));
      found = { message, whole: represent(message), resumed: null };
      known.set(operation, found);
    }
    return found;
  }

  return (operation: SharedOperation, after: string): Representation => {
    const found = knownOf(operation);
    if (after === '') return found.whole;
    if (found.resumed?.after !== after) {
      const { message } = found;
      // Not only of the first frame: what another server has shown already may reach this one a moment later.
      const representation = represent((frame) => (frameEtag(frame) === after ? NOTHING : message(frame)));
      found.resumed = { after, representation };
    }
    return found.resumed.representation;
  };
}
