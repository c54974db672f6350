import { useEffect, useLayoutEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';

/** A page that is still too short then has other content than it had. */
const GIVE_UP_MS = 5000;

/** Where the page stood when its document was left, which the next one in this tab shows again. */
const LEFT = 'rsvg.left';

/** How this page tells the entries of the history apart. */
interface EntryState {
  readonly entry?: string;
}

const positions = new Map<string, number>();
let entry = '';

try {
  const [left, y] = JSON.parse(sessionStorage.getItem(LEFT) ?? '[]') as [string?, number?];
  if (left !== undefined && y !== undefined) positions.set(left, y);
} catch {
  // A browser that keeps nothing for this site begins each document at its top.
}

function keep(left: string, y: number): void {
  try {
    sessionStorage.setItem(LEFT, JSON.stringify([left, y]));
  } catch {
    // As above.
  }
}
let stopRestoring: (() => void) | null = null;

/** Scrolls there as soon as the page is long enough, unless somebody scrolls before. */
function restore(y: number): void {
  stopRestoring?.();
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const input of ['wheel', 'touchstart', 'keydown', 'pointerdown']) removeEventListener(input, stop);
    stopRestoring = null;
  };
  const observer = new ResizeObserver(() => {
    scrollTo(0, y);
    if (Math.abs(scrollY - y) <= 1) stop();
  });
  const timer = setTimeout(stop, GIVE_UP_MS);
  for (const input of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(input, stop);
  stopRestoring = stop;
  observer.observe(document.body);
}

/**
 * New pages begin at their top; who goes back finds a page where it was left. Browsers restore too early, before what
 * a page shows has been loaded, and the router minds only the path: `/new?template=…` would begin in the middle.
 */
export function useScrollPosition(): void {
  const { url } = useLocation();

  useLayoutEffect(() => {
    const known = (history.state as EntryState | null)?.entry;
    entry = known ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
    if (known === undefined) history.replaceState({ entry }, '');
    const y = positions.get(entry) ?? 0;
    stopRestoring?.();
    if (y > 0) restore(y);
    else scrollTo(0, 0);
  }, [url]);

  useEffect(() => {
    history.scrollRestoration = 'manual';
    const note = () => {
      if (stopRestoring === null) positions.set(entry, scrollY);
    };
    const leave = () => keep(entry, scrollY);
    addEventListener('scroll', note, { passive: true });
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('scroll', note);
      removeEventListener('pagehide', leave);
    };
  }, []);
}
