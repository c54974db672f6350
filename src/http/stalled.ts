import type { ServerResponse } from 'node:http';

/**
 * Cuts an endless answer off once its client has taken none of the bytes that wait for it for so long. One for which
 * nothing waits is only silent, and stays.
 */
export function cutWhenStalled(response: ServerResponse, timeoutMs: number): void {
  // Node starts the time again at each write and for each part of one that the client took. Without a listener on the
  // response it would cut the silent ones too.
  response.setTimeout(timeoutMs, () => {
    if (response.socket !== null && response.socket.writableLength > 0) response.socket.destroy();
  });
}
