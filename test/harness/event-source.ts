import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { onTestFinished } from 'vitest';
import { createEventParser, type EventParser, type ParsedEvent } from './event-parser.ts';

/** A viewer of server-sent events that never connects again. */
export interface EventReader {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly parser: EventParser;
  /** The next event; null: the stream has ended. */
  next(): Promise<ParsedEvent | null>;
  /** Waits for the next comment. */
  comment(): Promise<void>;
  /** Stops reading from the socket: TCP backpressure reaches the server. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Resolves when the head has come; closed when the current test ends. */
export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const { get } = url.startsWith('https:') ? https : http;
  const request = get(url, { rejectUnauthorized: false, agent: false, headers });
  onTestFinished(() => void request.destroy());
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const parser = createEventParser();
  const events: ParsedEvent[] = [];
  let over = false;
  let wake = () => {};
  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  response.setEncoding('utf8').on('data', (text) => {
    events.push(...parser.push(text));
    wake();
  });
  response.on('error', () => {});
  response.once('close', () => {
    over = true;
    wake();
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    parser,
    async next() {
      for (;;) {
        const event = events.shift();
        if (event !== undefined) return event;
        if (over) return null;
        await changed();
      }
    },
    async comment() {
      const before = parser.comments;
      while (parser.comments === before) {
        if (over) throw new Error('the stream ended without a comment');
        await changed();
      }
    },
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void request.destroy(),
  };
}
