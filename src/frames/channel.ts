import type { SessionId } from '../sessions/session-id.ts';
import type { SessionStore, StoredFrame } from '../storage/session-store.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import { createLanes, type Lanes } from './lanes.ts';

/** `gone`: the session was deleted, expired, or begun anew. `shutdown`: this process ends; another one may go on. */
export type EndReason = 'gone' | 'shutdown';

/** Anything that watches a session. Neither call may throw. */
export interface Viewer {
  /** A newer frame than the one before. A viewer that cannot take it now keeps the newest only. */
  frame(frame: Frame): void;
  /** Nothing follows. */
  end(reason: EndReason): void;
  /** How many look through it. Absent: one. */
  readonly viewers?: () => number;
}

/** One watched session in this process: one upstream subscription, the newest frame, the viewers. */
export interface Channel {
  readonly id: SessionId;
  /** Those of its viewers that are on wires. */
  readonly lanes: Lanes;
  /** Resolves with the first frame once subscribed and read; null: no such session. */
  readonly opened: Promise<Frame | null>;
  latest(): Frame | null;
  viewers(): number;
  add(viewer: Viewer): void;
  /** Once the last one has left, the channel ends after lingering. */
  remove(viewer: Viewer): void;
  /** Compares with what the store says now, and reads what is missing. */
  verify(stamp: { readonly epoch: string; readonly version: number } | null): Promise<void>;
  end(reason: EndReason): void;
}

export interface ChannelOptions {
  readonly store: SessionStore;
  readonly id: SessionId;
  /** How long it goes on without viewers; 0: not at all. */
  readonly lingerMs: number;
  readonly traffic: Frames['traffic'];
  /** Called once, when the channel ends by itself or by `end`. */
  readonly onEnd: () => void;
}

export function openChannel({ store, id, lingerMs, traffic, onEnd }: ChannelOptions): Channel {
  const viewers = new Set<Viewer>();
  let lingering: NodeJS.Timeout | undefined;
  let latest: Frame | null = null;
  let ended = false;
  let unwatch = () => {};

  function end(reason: EndReason) {
    if (ended) return;
    ended = true;
    clearTimeout(lingering);
    unwatch();
    onEnd();
    for (const viewer of viewers) viewer.end(reason);
    viewers.clear();
  }

  function offer(stored: StoredFrame) {
    if (ended) return;
    if (latest !== null && stored.epoch !== latest.epoch) {
      // A late frame of an earlier life, or the first of a new one: only the store can tell.
      readAgain().catch(() => {});
      return;
    }
    if (latest !== null && stored.version <= latest.version) return;
    latest = { ...stored, sessionId: id };
    for (const viewer of viewers) viewer.frame(latest);
  }

  async function readAgain() {
    const stored = await store.frame(id);
    if (stored === null || (latest !== null && stored.epoch !== latest.epoch)) end('gone');
    else offer(stored);
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
    if (current === null) {
      end('gone');
      return null;
    }
    offer(current);
    hear = offer;
    early.forEach(offer);
    return latest;
  }

  const opened = open().catch((error: unknown) => {
    end('gone');
    throw error;
  });

  function add(viewer: Viewer) {
    clearTimeout(lingering);
    viewers.add(viewer);
  }

  function remove(viewer: Viewer) {
    if (!viewers.delete(viewer) || viewers.size > 0) return;
    if (lingerMs === 0) end('gone');
    else lingering = setTimeout(end, lingerMs, 'gone').unref();
  }

  return {
    id,
    lanes: createLanes({ add, remove }, traffic),
    opened,
    latest: () => latest,
    viewers() {
      let count = 0;
      for (const viewer of viewers) count += viewer.viewers?.() ?? 1;
      return count;
    },
    add,
    remove,
    async verify(stamp) {
      if (latest === null) return;
      if (stamp === null || stamp.epoch !== latest.epoch || stamp.version > latest.version) await readAgain();
    },
    end,
  };
}
