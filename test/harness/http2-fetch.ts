import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';

interface Asked {
  readonly method: string;
  readonly headers: object;
  readonly body?: string;
  /** None is ever followed. */
  readonly redirect?: 'manual';
}

const sessions = new Map<string, ClientHttp2Session>();

/** One connection per server; it keeps no process alive. Certificates are the tests' own, so none is judged. */
function sessionOf(origin: string): ClientHttp2Session {
  const known = sessions.get(origin);
  if (known !== undefined && !known.closed) return known;
  const session = connect(origin, { rejectUnauthorized: false });
  session.on('error', () => {}).unref();
  sessions.set(origin, session);
  return session;
}

/** `fetch` over HTTP/2, which node's own does not speak, as far as the tests use it. */
export async function fetchOverHttp2(url: string, { method, headers, body }: Asked): Promise<Response> {
  const { origin } = new URL(url);
  // Not the URL's own path: that would be normalised, and tests ask for what clients should not.
  const path = url.slice(origin.length);
  const stream = sessionOf(origin).request({ ':method': method, ':path': path, ...headers }, { endStream: !body });
  stream.end(body);
  const [answer] = await once(stream, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const fields = Object.entries<string | string[]>(answer).filter(([name]) => !name.startsWith(':'));
  return new Response(chunks.length === 0 ? null : Buffer.concat(chunks), {
    status: Number(answer[':status']),
    headers: fields.map(([name, value]) => [name, String(value)] as [string, string]),
  });
}
