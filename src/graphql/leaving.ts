import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { WhenGone } from './context.ts';

/**
 * Tells whoever works on an answer that it is over or its client has left. Once released it holds nothing of them: an
 * endless answer that is written past them would keep for each viewer all that its beginning needed.
 */
export interface Leaving {
  readonly whenGone: WhenGone;
  /** For Yoga, which would add its listeners to the response itself. */
  readonly response: ServerResponse;
  release(): void;
}

export function createLeaving(response: ServerResponse): Leaving {
  const emitter = new EventEmitter();
  const finish = () => void emitter.emit('finish');
  const close = () => void emitter.emit('close');
  response.once('finish', finish).once('close', close);
  return {
    whenGone(then) {
      if (response.socket?.destroyed || response.closed) then();
      else emitter.once('close', then);
    },
    // All that it does with it is to listen for these two, and to ask for the error that there was.
    response: emitter as unknown as ServerResponse,
    release: () => void response.off('finish', finish).off('close', close),
  };
}
