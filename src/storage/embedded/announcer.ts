import { formatSessionId, type SessionId } from '../../sessions/session-id.ts';
import type { SessionWatcher } from '../session-store.ts';

/** Who watches which session in this process. */
export function createAnnouncer() {
  const watchers = new Map<string, Set<{ readonly watcher: SessionWatcher }>>();

  return {
    watch(id: SessionId, watcher: SessionWatcher): () => void {
      const key = formatSessionId(id);
      const ofSession = watchers.get(key) ?? new Set();
      watchers.set(key, ofSession);
      // An entry of its own, so that a watcher registered twice is told twice and stopped one by one.
      const entry = { watcher };
      ofSession.add(entry);
      return () => {
        if (ofSession.delete(entry) && ofSession.size === 0) watchers.delete(key);
      };
    },

    announce(id: SessionId, tell: (watcher: SessionWatcher) => void): void {
      for (const { watcher } of watchers.get(formatSessionId(id)) ?? []) tell(watcher);
    },
  };
}
