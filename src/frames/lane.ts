import type { Admission } from './admission.ts';
import type { EndReason, Viewer } from './channel.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import type { Ladder } from './ladder.ts';
import type { Representation } from './representation.ts';
import type { Wire } from './wire.ts';

/** Timers are not more precise. */
const SLACK_MS = 1;

/**
 * Viewers written to before everything else in the process has its turn: about ten milliseconds. So many thousands who
 * watch one picture hold up nobody who watches another.
 */
const AT_ONCE = 1000;

/** How long a viewer that reads nothing may keep its wire after the stream has ended. */
const CLOSE_GRACE_MS = 5000;

/** A viewer on a wire: a record without closures or timers of its own, since there may be ten thousand. Times are of `performance.now()`. */
export interface Watcher {
  readonly wire: Wire;
  readonly admission: Admission;
  /** The pace it asked for, frames per second. */
  readonly fps: number;
  /** Infinity: never. */
  readonly keepAliveMs: number;
  lane: Lane;
  /** Version of what was written last: a number, since a frame put here would cost the garbage collector a look at each viewer. */
  shown: number;
  /** No newer frame before. */
  notBefore: number;
  /** No repeat before. Put off by newer frames when it is looked at, not when they are written. */
  repeatAt: number;
  /** Not all that was written has been taken. */
  full: boolean;
  /** null: its wire was never full when its turn came. */
  ladder: Ladder | null;
}

/** Viewers of one session, one representation and one pace. They share a clock, so that they share each Buffer too. */
export interface Lane extends Viewer {
  readonly fps: number;
  readonly representation: Representation;
  /** One that has been shown something. */
  add(watcher: Watcher): void;
  remove(watcher: Watcher): void;
  write(watcher: Watcher, bytes: Buffer): void;
  /** Its wire has taken everything. */
  taken(watcher: Watcher): void;
  /** Repeats for those whose wire has been silent for long enough. */
  repeat(now: number): void;
}

export interface LaneOptions {
  readonly fps: number;
  readonly representation: Representation;
  readonly latest: Frame;
  readonly traffic: Frames['traffic'];
  /** The turn of a viewer came, and its wire was full, or it was not and has a ladder. It may be moved to another lane. */
  readonly onTurn: (watcher: Watcher, full: boolean, latest: Frame, now: number) => void;
  readonly onEmpty: (lane: Lane) => void;
}

export function createLane({ fps, representation, traffic, onTurn, onEmpty, ...options }: LaneOptions): Lane {
  const intervalMs = 1000 / fps;
  const watchers = new Set<Watcher>();
  let { latest } = options;
  /** When it was given to all who could take it; before that they had the one before. */
  let latestAt = Number.NEGATIVE_INFINITY;
  /** The latest waits for the clock. */
  let pending = false;
  let notBefore = 0;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  /** Through the watchers, as far as it has come. */
  let round: Iterable<Watcher> | null = null;
  /** Those whom the round had passed when the latest came have not got it. */
  let again = false;
  /** Some of those whom the round has passed may not be given anything before. */
  let soonest = Number.POSITIVE_INFINITY;
  /** No watcher has a repeat due before. */
  let repeatAt = Number.POSITIVE_INFINITY;

  function onTime() {
    timerAt = Number.POSITIVE_INFINITY;
    turn(performance.now());
  }

  function turnAt(at: number, now: number) {
    if (timerAt <= at) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(onTime, at - now);
  }

  /** Gives the latest to all who have not got it, if the clock allows. */
  function turn(now: number) {
    if (pending) {
      if (now < notBefore - SLACK_MS) return turnAt(notBefore, now);
      pending = false;
      latestAt = now;
      // By the clock while it runs, else each late timer would make the pace a little slower.
      notBefore = (notBefore + intervalMs > now ? notBefore : now) + intervalMs;
    }
    if (round === null) goRound(now);
    else again = true;
  }

  function goRound(now: number) {
    // Left by `break`, the iterator of a set goes on where it was.
    round ??= watchers.values();
    let left = AT_ONCE;
    for (const watcher of round) {
      if (watcher.shown === latest.version) continue;
      if (watcher.full) onTurn(watcher, true, latest, now);
      else if (now < watcher.notBefore - SLACK_MS) soonest = Math.min(soonest, watcher.notBefore);
      else {
        show(watcher);
        if (watcher.ladder !== null) onTurn(watcher, false, latest, now);
        left -= 1;
      }
      if (left === 0) return void setImmediate(() => goRound(performance.now()));
    }
    round = null;
    if (soonest !== Number.POSITIVE_INFINITY) turnAt(soonest, now);
    soonest = Number.POSITIVE_INFINITY;
    if (!again) return;
    again = false;
    goRound(now);
  }

  function show(watcher: Watcher) {
    traffic.delivered += 1;
    // Versions are consecutive.
    traffic.skipped += latest.version - watcher.shown - 1;
    watcher.shown = latest.version;
    lane.write(watcher, representation.next(latest));
  }

  function endWires(ended: readonly Watcher[], reason: EndReason) {
    const bytes = representation.closing(reason);
    for (const { wire } of ended) wire.end(bytes);
    setTimeout(() => {
      for (const { wire } of ended) wire.destroy();
    }, CLOSE_GRACE_MS).unref();
  }

  const lane: Lane = {
    fps,
    representation,
    viewers: () => watchers.size,

    frame(frame) {
      if (frame === latest) return;
      latest = frame;
      pending = true;
      turn(performance.now());
    },

    end(reason) {
      clearTimeout(timer);
      const ended = [...watchers];
      watchers.clear();
      endWires(ended, reason);
    },

    review(stays) {
      const ended = [...watchers].filter(({ admission }) => !stays(admission));
      for (const watcher of ended) lane.remove(watcher);
      if (ended.length > 0) endWires(ended, 'withdrawn');
    },

    add(watcher) {
      watcher.lane = lane;
      watchers.add(watcher);
      repeatAt = Math.min(repeatAt, watcher.repeatAt);
    },

    remove(watcher) {
      if (!watchers.delete(watcher)) return;
      if (watchers.size > 0) return;
      clearTimeout(timer);
      onEmpty(lane);
    },

    write(watcher, bytes) {
      if (watcher.wire.write(bytes)) return;
      watcher.full = true;
      watcher.wire.whenTaken(() => {
        watcher.full = false;
        watcher.lane.taken(watcher);
      });
    },

    taken(watcher) {
      // With one pending the next turn is near, and brings a newer frame than this.
      if (pending || watcher.shown === latest.version || !watchers.has(watcher)) return;
      const now = performance.now();
      if (now < watcher.notBefore - SLACK_MS) turnAt(watcher.notBefore, now);
      else show(watcher);
    },

    repeat(now) {
      if (now < repeatAt) return;
      repeatAt = Number.POSITIVE_INFINITY;
      for (const watcher of watchers) {
        watcher.repeatAt = Math.max(watcher.repeatAt, latestAt + watcher.keepAliveMs);
        if (watcher.repeatAt <= now && !watcher.full && watcher.shown === latest.version) {
          watcher.repeatAt = now + watcher.keepAliveMs;
          lane.write(watcher, representation.repeat(latest));
        }
        repeatAt = Math.min(repeatAt, watcher.repeatAt);
      }
    },
  };
  return lane;
}
