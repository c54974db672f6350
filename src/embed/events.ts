import { retryMs, type Viewer } from './viewer.ts';

const LAST_RETRY_MS = 20_000;

/** One session over a connection of its own. @returns stops it */
export function watchEvents(url: string, viewer: Viewer): () => void {
  let source: EventSource;
  let tries = 0;
  let retry = 0;
  let isGone = false;

  function open() {
    source = new EventSource(url);
    source.addEventListener('frame', ({ data }) => {
      tries = 0;
      isGone = false;
      viewer.frame(data);
    });
    source.addEventListener('gone', () => {
      isGone = true;
      viewer.state('gone');
    });
    source.onerror = () => {
      if (!isGone) viewer.state('waiting');
      // It has given up: there is no such session, or, in Firefox, nobody was there.
      if (source.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(open, retryMs(tries, LAST_RETRY_MS));
      tries += 1;
    };
  }

  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
