import { fetchOverHttp2 } from './http2-fetch.ts';
import { createAnswerCheck } from './openapi.ts';

/** A client of the REST routes that hides nothing: status, headers, parsed body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server said.
  readonly body: any;
}

let check: ReturnType<typeof createAnswerCheck> | null = null;

/** A server with TLS is asked over HTTP/2. */
function fetchFrom(url: string): typeof fetchOverHttp2 {
  return url.startsWith('https:') ? fetchOverHttp2 : (fetch as typeof fetchOverHttp2);
}

/** The document is the same for every server: the first one is asked. */
async function answerCheck(url: string) {
  check ??= createAnswerCheck(
    await (await fetchFrom(url)(`${url}/openapi.json`, { method: 'GET', headers: {} })).json(),
  );
  return check;
}

/** Asks, and fails if the answer is not what `openapi.json` says. */
export async function call(url: string, method: string, path: string, body?: unknown, headers: object = {}) {
  const checkAnswer = await answerCheck(url);
  const response = await fetchFrom(url)(url + path, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type');
  checkAnswer(method, path, { status: response.status, type, text });
  const isJson = (type ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : null,
  } as Answer;
}

/** Claims or enters the user id and returns the header that speaks for it. */
export async function bearer(url: string, userId: string): Promise<{ authorization: string }> {
  const { body, status, text } = await call(url, 'POST', '/api/auth/token', { user_id: userId, password: 'pass word' });
  if (status !== 200) throw new Error(`sign-in of ${userId}: ${status} ${text}`);
  return { authorization: `Bearer ${body.token}` };
}

export const TEXT_TEMPLATE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><text y="20">{{ n }}</text></svg>';
