import type { Duplex } from 'node:stream';
import type { Viewers, ViewerTransport } from '../http/viewers.ts';

/**
 * Counts a viewer from now until its body closes, or its stream cannot begin.
 *
 * @param begin resolves with what ends the viewer's stream
 * @throws what `begin` throws; Refusal UNAVAILABLE when it is one too many, or the server is shutting down
 */
export async function whileOpen(
  viewers: Viewers,
  transport: ViewerTransport,
  body: Duplex,
  begin: () => Promise<() => void>,
): Promise<void> {
  const leave = viewers.enter(transport);
  try {
    const stop = await begin();
    const gone = () => {
      stop();
      leave();
    };
    if (body.destroyed) gone();
    else body.once('close', gone);
  } catch (error) {
    leave();
    throw error;
  }
}
