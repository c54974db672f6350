/** What `EventSource` would dispatch. */
export interface ParsedEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

export interface EventParser {
  /** Decoded text, cut anywhere. @returns what is dispatched by it */
  push(text: string): ParsedEvent[];
  /** Milliseconds; null: not said. */
  readonly retryMs: number | null;
  readonly comments: number;
}

/** Reads an event stream as the standard says, rule by rule (WHATWG HTML, sections 9.2.5 and 9.2.6). */
export function createEventParser(): EventParser {
  let text = '';
  let begun = false;
  let data = '';
  let type = '';
  let lastEventId = '';
  let retryMs: number | null = null;
  let comments = 0;

  function field(name: string, value: string) {
    if (name === 'event') type = value;
    else if (name === 'data') data += `${value}\n`;
    else if (name === 'id' && !value.includes('\0')) lastEventId = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) retryMs = Number(value);
  }

  function dispatch(): ParsedEvent | null {
    const event = data === '' ? null : { type: type || 'message', data: data.replace(/\n$/, ''), lastEventId };
    data = '';
    type = '';
    return event;
  }

  function line(content: string): ParsedEvent | null {
    if (content === '') return dispatch();
    const colon = content.indexOf(':');
    if (colon === 0) comments += 1;
    else if (colon === -1) field(content, '');
    else field(content.slice(0, colon), content.slice(colon + 1).replace(/^ /, ''));
    return null;
  }

  return {
    push(more) {
      text += more;
      if (!begun && text !== '') {
        begun = true;
        text = text.replace(/^\uFEFF/, '');
      }
      const events: ParsedEvent[] = [];
      // A CR at the end may be the first half of a CRLF.
      for (let end = /\r\n|\n|\r(?!$)/.exec(text); end !== null; end = /\r\n|\n|\r(?!$)/.exec(text)) {
        const event = line(text.slice(0, end.index));
        text = text.slice(end.index + end[0].length);
        if (event !== null) events.push(event);
      }
      return events;
    },
    get retryMs() {
      return retryMs;
    },
    get comments() {
      return comments;
    },
  };
}
