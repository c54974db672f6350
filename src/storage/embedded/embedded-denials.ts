import type { DenialStore } from '../denial-store.ts';
import type { EmbeddedDatabase } from './database.ts';
import { scheduleLapse } from './lapses.ts';

/** The deny list in LMDB. Announcements reach this process only; another one finds changes by `sequence`. */
export function createEmbeddedDenials(db: EmbeddedDatabase, clock: () => number): DenialStore {
  const watchers = new Set<{ readonly changed: (reconnected: boolean) => void }>();

  const numberOf = (which: 'first' | 'last') => db.denialNumbers.get(which) ?? 0;

  return {
    async deny(denials) {
      if (denials.length === 0) return;
      await db.transaction(() => {
        // Numbers follow the clock, so that a store restored from a copy does not give numbers that are known already.
        const sequence = Math.max(numberOf('last') + 1, clock() * 1000);
        if (numberOf('first') === 0) db.denialNumbers.putSync('first', sequence);
        db.denialNumbers.putSync('last', sequence);
        for (const { subject, until } of denials) {
          const standing = db.denials.get(subject);
          if (standing !== undefined && standing.until >= until) continue;
          if (standing !== undefined) db.denialOrder.removeSync([standing.sequence, subject]);
          else scheduleLapse(db, until, 'denial', subject);
          db.denials.putSync(subject, { until, sequence });
          db.denialOrder.putSync([sequence, subject], true);
        }
      });
      for (const { changed } of watchers) changed(false);
    },

    async load(after) {
      return db.read(() => {
        const sequence = numberOf('last');
        const complete = after < numberOf('first') || after > sequence || sequence === 0;
        const now = clock();
        const subjects = db.denialOrder.getKeys({ start: [complete ? 0 : after + 1, ''] });
        const denials = [...subjects].map(([, subject]) => ({ subject, until: db.denials.get(subject)?.until ?? 0 }));
        return { sequence, denials: denials.filter(({ until }) => until > now), complete };
      });
    },

    async sequence() {
      return db.read(() => numberOf('last'));
    },

    async watch(changed) {
      return db.read(() => {
        const entry = { changed };
        watchers.add(entry);
        return () => void watchers.delete(entry);
      });
    },
  };
}
