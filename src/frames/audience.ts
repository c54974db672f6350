import type { Log } from '../log.ts';
import { randomName } from '../random-name.ts';
import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import type { ViewerCount, ViewerCountStore } from '../storage/viewer-count-store.ts';
import type { Frames } from './frames.ts';

/** How often the other nodes are told what changed. */
const TELL_EVERY_MS = 1000;

/** How soon an unchanged count is told again, well before it is forgotten. */
const REPEAT_MS = 4000;

/** How long a count outlives a node that was killed. */
const TOLD_TTL_MS = 10_000;

/** How many watch a session, by whatever transport. */
export interface Audience {
  /**
   * On this node exactly, on the others as of about a second ago; viewers of a node that was killed count for ten seconds
   * more. @throws Refusal UNAVAILABLE
   */
  count(id: SessionId): Promise<number>;
  /** Tells the others that nobody watches here any more. */
  close(): Promise<void>;
}

interface Told extends ViewerCount {
  readonly at: number;
}

export interface AudienceOptions {
  readonly frames: Pick<Frames, 'viewers' | 'watched'>;
  /** null: there are no other nodes. */
  readonly store: ViewerCountStore | null;
  readonly log: Log;
}

/** Costs nothing per frame, and nothing at the store while nobody watches or asks. */
export function createAudience({ frames, store, log }: AudienceOptions): Audience {
  if (store === null) return { count: async (id) => frames.viewers(id), close: async () => {} };

  const node = randomName(12);
  let told = new Map<string, Told>();
  let telling: Promise<void> | null = null;

  async function tell(others: ViewerCountStore, watched: Iterable<ViewerCount>): Promise<void> {
    const now = performance.now();
    const next = new Map<string, Told>();
    const news: ViewerCount[] = [];
    for (const { id, viewers } of watched) {
      if (viewers === 0) continue;
      const key = formatSessionId(id);
      const before = told.get(key);
      const known = before?.viewers === viewers && now - before.at < REPEAT_MS;
      if (!known) news.push({ id, viewers });
      next.set(key, known ? before : { id, viewers, at: now });
    }
    for (const [key, { id }] of told) if (!next.has(key)) news.push({ id, viewers: 0 });
    if (news.length === 0) return;
    try {
      await others.tell(node, news, TOLD_TTL_MS);
      told = next;
    } catch (error) {
      log.debug({ error: String(error) }, 'the other nodes could not be told how many watch here');
    }
  }

  const teller = setInterval(() => {
    telling ??= tell(store, frames.watched()).finally(() => {
      telling = null;
    });
  }, TELL_EVERY_MS).unref();

  return {
    count: async (id) => frames.viewers(id) + (await store.elsewhere(node, id)),
    async close() {
      clearInterval(teller);
      await telling;
      await tell(store, []);
    },
  };
}
