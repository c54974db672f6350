import { textMessage } from '../load/websocket-bytes.ts';
import { getRequest, type Viewing } from './served.ts';

export const SUBSCRIPTION = 'subscription{frames(sessionId:"{session}"){version svg}}';

/** Unpaced as far as that goes: 120 frames a second is the most that a viewer may ask for. */
export const multipartViewing: Viewing = multipartAt(120);

export function multipartAt(fps: number): Viewing {
  return {
    says: [{ after: '', latin1: getRequest(`/stream/{session}?fps=${fps}&keep_alive=0`) }],
    webSocket: false,
  };
}

export function sseViewing(subscription: string): Viewing {
  // The name is put in later, and braces stand for themselves only when encoded.
  const query = encodeURIComponent(subscription).replace(encodeURIComponent('{session}'), '{session}');
  return {
    says: [{ after: '', latin1: getRequest(`/graphql?query=${query}`, ['Accept: text/event-stream']) }],
    webSocket: false,
  };
}

/** The session's name has to be as long as `{session}`, for which it stands: the message's length is in its head. */
export function webSocketViewing(subscription: string): Viewing {
  const upgrade = getRequest('/graphql', [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ]);
  const subscribe = textMessage(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: subscription } }));
  return {
    says: [
      { after: '', latin1: upgrade },
      { after: '\r\n\r\n', latin1: textMessage('{"type":"connection_init"}').toString('latin1') },
      { after: 'connection_ack', latin1: subscribe.toString('latin1') },
    ],
    webSocket: true,
  };
}
