import type { SessionId } from '../sessions/session-id.ts';
import type { SessionAccess } from '../storage/session-access.ts';
import type { SessionStore, StoredFrame, WatchedStamp } from '../storage/session-store.ts';
import { type Admission, type Admit, holds, neverPrivate, readAccess, type Visitor } from './admission.ts';
import { createCrowd } from './crowd.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import { createLanes, type Lanes } from './lanes.ts';

/**
 * `gone`: the session was deleted, expired, or begun anew. `withdrawn`: it goes on, but this viewer may not see it any more,
 * or it was private, and is gone.
 * `shutdown`: this process ends; another one may go on.
 */
export type EndReason = 'gone' | 'withdrawn' | 'shutdown';

/** Anything that watches a session. Neither call may throw. */
export interface Viewer {
  /** A newer frame than the one before. A viewer that cannot take it now keeps the newest only. */
  frame(frame: Frame): void;
  /** Nothing follows. */
  end(reason: EndReason): void;
  /** How many look through it. Absent: one. */
  readonly viewers?: () => number;
  /** Ends those of them who may not look any more; each was admitted for itself. Absent: it was admitted as a whole. */
  readonly review?: (stays: (admission: Admission) => boolean) => void;
}

/** One watched session in this process: one upstream subscription, the newest frame, the viewers. */
export interface Channel {
  readonly id: SessionId;
  /** Those of its viewers that are on wires. */
  readonly lanes: Lanes;
  /** Resolves with the first frame once subscribed and read; null: no such session. */
  readonly opened: Promise<Frame | null>;
  latest(): Frame | null;
  /** As whom the visitor may look. null: to this one there is no such session */
  admit(visitor: Visitor): Promise<Admission | null>;
  /** Whether it may look still: what a visitor was admitted to may have changed before it has entered. */
  admits(admission: Admission): boolean;
  viewers(): number;
  /** @param admission null: those who look through it were each admitted for themselves, see `Viewer.review` */
  add(viewer: Viewer, admission: Admission | null): void;
  /** Once the last one has left, the channel ends after lingering. */
  remove(viewer: Viewer): void;
  /** Compares with what the store says now, and reads what is missing. */
  verify(stamp: WatchedStamp | null): Promise<void>;
  end(reason: EndReason): void;
}

export interface ChannelOptions {
  readonly store: SessionStore;
  readonly id: SessionId;
  readonly admit: Admit;
  /** How long it goes on without viewers; 0: not at all. */
  readonly lingerMs: number;
  readonly traffic: Frames['traffic'];
  /** Called once, when the channel ends by itself or by `end`. */
  readonly onEnd: () => void;
}

export function openChannel({ store, id, admit, lingerMs, traffic, onEnd }: ChannelOptions): Channel {
  let lingering: NodeJS.Timeout | undefined;
  let latest: Frame | null = null;
  let access = neverPrivate('');
  let ended = false;
  let unwatch = () => {};
  const crowd = createCrowd(() => access, linger);

  function end(reason: EndReason) {
    if (ended) return;
    ended = true;
    clearTimeout(lingering);
    unwatch();
    onEnd();
    // The last picture of a private session is not left standing where it was shown.
    crowd.end(reason === 'gone' && access.visibility === 'private' ? 'withdrawn' : reason);
  }

  function linger() {
    clearTimeout(lingering);
    if (lingerMs === 0) end('gone');
    else lingering = setTimeout(end, lingerMs, 'gone').unref();
  }

  function offer(stored: StoredFrame) {
    if (ended) return;
    if (latest !== null && stored.epoch !== latest.epoch) {
      // A late frame of an earlier life, or the first of a new one: only the store can tell.
      readAgain().catch(() => {});
      return;
    }
    if (stored.access > access.access) {
      // It may be for fewer than those who look now: they are judged first. If that fails, the next comparison does it.
      judgeAgain().catch(() => {});
      return;
    }
    if (latest !== null && stored.version <= latest.version) return;
    const { access: _, ...frame } = stored;
    latest = { sessionId: id, ...frame };
    crowd.show(latest);
  }

  async function readAgain() {
    const stored = await store.frame(id);
    if (stored === null || (latest !== null && stored.epoch !== latest.epoch)) end('gone');
    else offer(stored);
  }

  async function readAccessAgain(): Promise<SessionAccess | null> {
    const read = await store.access(id);
    if (read === null || read.epoch !== access.epoch || read.access < access.access) return read;
    const changed = read.access > access.access;
    access = read;
    if (changed) crowd.review();
    return read;
  }

  async function judgeAgain() {
    await readAccessAgain();
    await readAgain();
  }

  async function open(): Promise<Frame | null> {
    const early: StoredFrame[] = [];
    let hear = (frame: StoredFrame): unknown => early.push(frame);
    const stop = await store.watch(id, {
      frame: (frame) => hear(frame),
      gone: (epoch) => {
        if (latest?.epoch === epoch) end('gone');
      },
    });
    if (ended) {
      stop();
      return null;
    }
    unwatch = stop;
    // Subscribed first, read second: a write between the two is seen twice and dropped by version, never missed.
    const current = await store.frame(id);
    const known = current && (await readAccess(store, id, current));
    if (current === null || known === null) {
      end('gone');
      return null;
    }
    access = known;
    offer(current);
    hear = offer;
    early.forEach(offer);
    return latest;
  }

  const opened = open().catch((error: unknown) => {
    end('gone');
    throw error;
  });

  function add(viewer: Viewer, admission: Admission | null) {
    clearTimeout(lingering);
    crowd.add(viewer, admission);
  }

  function remove(viewer: Viewer) {
    if (crowd.remove(viewer) && crowd.isEmpty()) linger();
  }

  async function admitVisitor(visitor: Visitor): Promise<Admission | null> {
    let admission: Admission | null = null;
    try {
      admission = await admit({ id, access, visitor, readAgain: readAccessAgain });
      // It may have been private a moment ago, and what came last be of then.
      if (admission?.by === 'public' && access.access > 0) await readAgain();
      return admission;
    } finally {
      if (admission === null && crowd.isEmpty()) linger();
    }
  }

  return {
    id,
    lanes: createLanes({ add, remove }, traffic),
    opened,
    latest: () => latest,
    admit: admitVisitor,
    admits(admission) {
      crowd.expect(admission);
      return holds(admission, access, Date.now());
    },
    viewers: crowd.count,
    add,
    remove,
    async verify(stamp) {
      if (latest === null) return;
      if (stamp !== null && stamp.epoch === latest.epoch && stamp.access > access.access) await judgeAgain();
      else if (stamp === null || stamp.epoch !== latest.epoch || stamp.version > latest.version) await readAgain();
    },
    end,
  };
}
