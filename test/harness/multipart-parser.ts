const DELIMITER = '--frame\r\nContent-Type: image/svg+xml\r\n\r\n';
const CLOSING = '--frame--\r\n';

/** Reads the body of a stream exactly as the protocol lays its bytes down, in whatever pieces they come. */
export interface MultipartParser {
  /** @param chunk bytes as latin1 @throws Error when they are none that the protocol allows */
  push(chunk: string): void;
  /** Whether the closing boundary has come. */
  readonly closed: boolean;
}

/** @param onFrame each frame once the header block of the next part has come, as browsers show it */
export function createMultipartParser(onFrame: (svg: string) => void): MultipartParser {
  let rest = '';
  let opened = false;
  let closed = false;

  /** Whether something was taken from `rest`. */
  function take(): boolean {
    if (!opened) {
      if (!DELIMITER.startsWith(rest.slice(0, DELIMITER.length))) throw new Error(`no opening: ${rest.slice(0, 80)}`);
      if (rest.length < DELIMITER.length) return false;
      rest = rest.slice(DELIMITER.length);
      opened = true;
      return true;
    }
    if (rest.startsWith(CLOSING)) {
      rest = rest.slice(CLOSING.length);
      closed = true;
      return true;
    }
    const boundary = rest.indexOf('--frame');
    if (boundary === -1) return false;
    const delimiter = rest.slice(boundary, boundary + DELIMITER.length);
    if (boundary === 0 && CLOSING.startsWith(rest)) return false;
    if (!DELIMITER.startsWith(delimiter) || rest.slice(boundary - 2, boundary) !== '\r\n') {
      throw new Error(`a part contains the boundary: ${rest.slice(0, boundary + 80)}`);
    }
    if (delimiter.length < DELIMITER.length) return false;
    onFrame(Buffer.from(rest.slice(0, boundary - 2), 'latin1').toString());
    rest = rest.slice(boundary + DELIMITER.length);
    return true;
  }

  return {
    push(chunk) {
      rest += chunk;
      while (!closed && take());
      if (closed && rest !== '') throw new Error(`bytes behind the closing boundary: ${rest.slice(0, 80)}`);
    },
    get closed() {
      return closed;
    },
  };
}
