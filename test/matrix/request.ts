import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly etag: string;
  readonly text: string;
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** Sends a request as it is: `fetch` would mend dots in paths and give bodies a content type. */
export function exchange(port: number, { method, path, headers = {}, body = '' }: Sent): Promise<Answer> {
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, method, path },
      headers: { ...headers, ...(bytes.length > 0 ? { 'content-length': bytes.length } : {}) },
      agent: false,
    });
    sent.once('response', (response) => {
      text(response).then((body) => {
        const { etag = '', 'content-type': type = '' } = response.headers;
        resolve({ status: response.statusCode ?? 0, type, etag, text: body });
      }, reject);
    });
    // Later than the answer it is only about the rest of a body that nobody wanted.
    sent.on('error', reject);
    sent.end(bytes);
  });
}
