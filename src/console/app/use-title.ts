import { useEffect } from 'preact/hooks';

/** The name of the page in the browser's tabs and history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'realtime-svg' : `${title} · realtime-svg`;
  }, [title]);
}
