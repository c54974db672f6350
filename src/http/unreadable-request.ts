import { STATUS_CODES } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { Refusal } from '../errors.ts';
import { refusalBody } from './answer-refusal.ts';

/** How long what a client still sends is read and dropped, so that a reset does not overtake the answer. */
const LINGER_MS = 1000;

const HEADERS_TOO_LARGE = new Refusal('PAYLOAD_TOO_LARGE', 'The headers are too large; all of them may have 16 KiB.');
const TOO_SLOW = new Refusal('BAD_USER_INPUT', 'The request took too long to arrive.');
const NOT_HTTP = new Refusal('BAD_USER_INPUT', 'This is no well-formed HTTP request.');
const NO_TLS = new Refusal('BAD_USER_INPUT', 'This port speaks HTTPS; begin the address with https://.');

function verdict(code: string | undefined): readonly [number, Refusal] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, HEADERS_TOO_LARGE];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, TOO_SLOW];
  return [400, NOT_HTTP];
}

/** Whether the head of an answer has left already, which a second one would only garble. Node keeps it there for itself. */
function isAnswering(socket: Socket & { readonly _httpMessage?: { readonly headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}

/** Answers, in our words, what node cannot even read as a request. */
export function answerUnreadable({ code }: ConnectionError, socket: Socket): void {
  // After the first complaint node goes on parsing, and complains about each further chunk.
  if (socket.destroyed || socket.writableEnded) return;
  if (code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) return void socket.destroy();
  answerInPlain(socket, ...verdict(code));
}

/** Answers in plain text what came in plain text where TLS was expected. */
export function answerPlainHttp(socket: Socket): void {
  if (socket.writable) answerInPlain(socket, 400, NO_TLS);
  else socket.destroy();
}

/** Ends a stream of HTTP/2 whose request does not come to its end. */
export function answerTooSlow(response: Http2ServerResponse): void {
  if (response.headersSent) return void response.stream.close();
  response.writeHead(408, { 'content-type': 'application/json; charset=utf-8' });
  // The client is told in the answer, and by the reset behind it that nobody reads what it still sends.
  response.end(JSON.stringify(refusalBody(TOO_SLOW)), () => response.stream.close());
}

export function answerInPlain(socket: Socket, status: number, refusal: Refusal): void {
  const body = JSON.stringify(refusalBody(refusal));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
