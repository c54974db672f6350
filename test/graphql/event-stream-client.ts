import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';

export interface StreamedEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the test's own query
  readonly data: any;
}

/** The events of a body as they come, comments left out. Ends with the body. */
async function* readEvents(response: http.IncomingMessage): AsyncGenerator<StreamedEvent, undefined> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event, data] = /^event: (.*)\ndata: ?(.*)$/.exec(block) ?? [];
      if (event !== undefined) yield { event, data: data ? JSON.parse(data) : null };
    }
  }
  return undefined;
}

/** Opens a subscription over SSE by POST. What is not read stays in the sockets: the reader is as slow as the caller. */
export async function openEventStream(url: string, query: string, variables: object = {}, headers: object = {}) {
  const { request } = url.startsWith('https:') ? https : http;
  const sent = request(url, {
    method: 'POST',
    rejectUnauthorized: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
  });
  sent.end(JSON.stringify({ query, variables }));
  const [response] = (await once(sent, 'response')) as [http.IncomingMessage];
  return {
    status: response.statusCode,
    headers: response.headers,
    response,
    events: readEvents(response),
    close: () => void sent.destroy(),
  };
}

export const WATCH = `subscription ($id: ID!, $after: String) {
  frames(sessionId: $id, after: $after) { sessionId version etag svg renderedAt }
}`;
