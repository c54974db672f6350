import { connect } from 'node:net';

export interface KeepAlive {
  /** One request at a time. @throws Error for another answer than one of success */
  ask(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): Promise<void>;
}

/** A connection that is asked again and again: `node:http`'s own client costs more than most servers that answer it. */
export function keepAlive(port: number): KeepAlive {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
  let received = '';
  let settle: { resolve(): void; reject(error: Error): void } | null = null;
  const fail = (error: Error) => settle?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('the server closed the connection')));
  socket.on('data', (text: unknown) => {
    received += text;
    if (!isWhole(received)) return;
    const [answer, waiting] = [received, settle];
    received = '';
    settle = null;
    if (/^HTTP\/1\.1 2/.test(answer) && !answer.includes('"errors":')) waiting?.resolve();
    else waiting?.reject(new Error(`refused: ${answer.slice(0, 500)}`));
  });
  return {
    ask: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const length = Buffer.byteLength(body);
        socket.write(
          `${method} ${path} HTTP/1.1\r\nhost: bench\r\n${fields.join('')}content-length: ${length}\r\n\r\n${body}`,
        );
      }),
  };
}

/** @param answer one character per byte */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer)?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return answer.startsWith('HTTP/1.1 204') || answer.endsWith('\r\n0\r\n\r\n');
}
