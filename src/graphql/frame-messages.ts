import type { Frame } from '../frames/frame.ts';
import type { Representation } from '../frames/representation.ts';
import { type Resume, resumable } from '../frames/resumable.ts';
import type { SharedOperation } from './shared-operations.ts';

/** How a protocol puts results on the wire. */
interface Messages {
  readonly opening: Buffer;
  readonly next: (result: Buffer) => Buffer;
  readonly heartbeat: Buffer;
  readonly closing: Buffer;
}

/** @returns the representation of an operation's results, for viewers who have the frame with the etag `after` */
export function frameMessages({ opening, next, heartbeat, closing }: Messages) {
  const known = new WeakMap<SharedOperation, Resume>();

  return (operation: SharedOperation, after: string): Representation => {
    let resume = known.get(operation);
    if (resume === undefined) {
      const message = (frame: Frame) => next(operation.result(frame));
      resume = resumable({ opening, message, heartbeat, closing: () => closing });
      known.set(operation, resume);
    }
    return resume(after);
  };
}
