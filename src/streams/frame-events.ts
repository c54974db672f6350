import type { EndReason } from '../frames/channel.ts';
import { type Frame, frameEtag } from '../frames/frame.ts';
import { resumable } from '../frames/resumable.ts';

/** Server-sent events as `EventSource` reads them (WHATWG HTML, section 9.2). */
export const EVENTS_TYPE = 'text/event-stream';

const COMMENT = Buffer.from(':\n\n');

/** A line of data, or an event would not be dispatched. No id: whoever comes back still names the last frame. */
const GONE = Buffer.from('event: gone\ndata:\n\n');

/**
 * Each line of the picture is one of data. Read back, CR and CRLF have become LF, as any XML parser makes of them (XML 1.0,
 * section 2.11): the picture is the same.
 */
function frameEvent(frame: Frame): Buffer {
  const lines = frame.svg.replace(/\r\n?|\n/g, '\ndata: ');
  return Buffer.from(`id: ${frameEtag(frame)}\nevent: frame\ndata: ${lines}\n\n`);
}

/**
 * After a shutdown the client comes back by itself, as after a cut; after `gone` it is told not to, when it does. Who may
 * look no more is told the same: to that one there is no such session.
 */
function closing(reason: EndReason): Buffer {
  return reason === 'shutdown' ? COMMENT : GONE;
}

/** Of viewers who have the frame with the id that they name, '' if none. */
export const frameEvents = resumable({ opening: COMMENT, message: frameEvent, heartbeat: COMMENT, closing });

/** How long the client waits before it connects again. */
export function retryField(ms: number): string {
  return `retry: ${Math.round(ms)}\n\n`;
}
