import { createGunzip } from 'node:zlib';

/** What an `<img>` of a browser says beside its request line and host. */
export const AS_AN_IMAGE = [
  'Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  'Accept-Encoding: gzip, deflate, br, zstd',
];

/** An answer, piece by piece, and its body as a browser sees it: decoded as it comes. */
export interface StreamBody {
  push(bytes: Buffer): void;
  /** No more will come. */
  end(): void;
}

export interface StreamBodyEvents {
  /** Status line and headers, as sent. */
  readonly onHead?: (head: string) => void;
  /** @param text decoded bytes as latin1 */
  readonly onText: (text: string) => void;
  /** All was handed over. @param whole unless it is coded and was cut, or is not what its trailer says */
  readonly onEnd?: (whole: boolean) => void;
}

export function createStreamBody({ onHead, onText, onEnd }: StreamBodyEvents): StreamBody {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: ReturnType<typeof createGunzip> | null = null;

  function decode() {
    decoder = createGunzip()
      .on('data', (bytes: Buffer) => onText(bytes.toString('latin1')))
      .once('end', () => onEnd?.(true))
      .once('error', () => onEnd?.(false));
  }
  function pushBody(bytes: Buffer) {
    if (bytes.length === 0) return;
    if (decoder === null) onText(bytes.toString('latin1'));
    else decoder.write(bytes);
  }

  return {
    push(bytes) {
      if (head === null) return pushBody(bytes);
      const received: Buffer = Buffer.concat([head, bytes]);
      const end = received.indexOf('\r\n\r\n');
      head = end === -1 ? received : null;
      if (end === -1) return;
      const text = received.toString('latin1', 0, end);
      if (/^content-encoding: gzip$/im.test(text)) decode();
      onHead?.(text);
      pushBody(received.subarray(end + 4));
    },
    end() {
      if (decoder === null) onEnd?.(true);
      else decoder.end();
    },
  };
}
