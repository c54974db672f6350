import type { ServerResponse } from 'node:http';
import { Http2ServerResponse } from 'node:http2';

/**
 * Cuts an endless answer off once its client has taken none of the bytes that wait for it for so long. One for which
 * nothing waits is only silent, and stays. Over HTTP/2 the stream alone is cut, its connection stays.
 */
export function cutWhenStalled(response: ServerResponse | Http2ServerResponse, timeoutMs: number): void {
  // Node starts the time again at each write and for each part of one that the client took. Without a listener on the
  // response it would cut the silent ones too.
  response.setTimeout(timeoutMs, () => {
    const wire = response instanceof Http2ServerResponse ? response.stream : response.socket;
    if (wire !== null && wire.writableLength > 0) wire.destroy();
  });
}
