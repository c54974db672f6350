import type { EmbeddedDatabase } from './database.ts';
import { encodeContent } from './session-contents.ts';
import { NOTHING } from './usage.ts';

/** What one transaction moves, so that neither memory nor other writers wait for all of it. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_SESSIONS = 200;

/**
 * Moves what format 1 left to where it stands today. Nobody writes sessions of this format before it is through; one that
 * was killed meanwhile is gone on with at the next start.
 */
export async function takeOver(db: EmbeddedDatabase): Promise<void> {
  const isLeft = () => [...db.args.getKeys({ limit: 1 })].length > 0;
  while (db.read(isLeft)) await db.transaction(() => moveContents(db));
  if (db.read(() => [...db.counters.getKeys({ limit: 1 })].length > 0)) await db.transaction(() => moveCounters(db));
}

/** From the last one on, so that the check of the file, which reads `args` before `contents`, always meets all keys in order. */
function moveContents(db: EmbeddedDatabase): void {
  let bytes = 0;
  for (const key of [...db.args.getKeys({ reverse: true, limit: MOST_SESSIONS })]) {
    if (bytes > MOST_BYTES) return;
    const content = encodeContent(db.args.get(key) ?? '', db.frames.get(key) ?? '');
    db.contents.putSync(key, content);
    db.args.removeSync(key);
    db.frames.removeSync(key);
    bytes += content.length;
  }
}

function moveCounters(db: EmbeddedDatabase): void {
  for (const { key: owner, value: change } of [...db.counters.getRange()]) {
    db.usages.putSync([owner], { ...(db.usages.get([owner]) ?? NOTHING), change });
    db.counters.removeSync(owner);
  }
}
