import type { Wire } from '../frames/wire.ts';

/** How long a viewer may leave the end of its stream untaken. */
const CLOSE_GRACE_MS = 5000;

/**
 * A stream that ends with the token it needs. Apart from where the stream begins: these functions live as long as it does,
 * with all that is in their reach.
 *
 * @param closing the last bytes
 * @param register has its argument called when the token ends, until what it returns is called
 * @returns stops the stream
 */
export function endingWithToken(
  wire: Wire,
  closing: Buffer,
  stop: () => void,
  register: (end: () => void) => () => void,
): () => void {
  const forget = register(() => {
    stop();
    wire.end(closing);
    setTimeout(wire.destroy, CLOSE_GRACE_MS).unref();
  });
  return () => {
    stop();
    forget();
  };
}
