import { type Admission, PUBLIC } from './admission.ts';
import type { Channel } from './channel.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import { createLadder } from './ladder.ts';
import { createLane, type Lane, type Watcher } from './lane.ts';
import type { Representation } from './representation.ts';
import type { Wire } from './wire.ts';

/** How one viewer wants its frames. Times are milliseconds. */
export interface StreamOptions {
  readonly representation: Representation;
  /** The most frames per second; Infinity: all. */
  readonly fps: number;
  /** How long the wire may be silent before something is repeated; 0: for ever. */
  readonly keepAliveMs: number;
  /** Between the first frame and the next, if that is longer than the pace makes it. */
  readonly delayedStartMs: number;
}

/** The viewers of a session that are on wires, by representation and pace. */
export interface Lanes {
  /** Writes the frame, and from then on each newer one. @returns stops it without another write */
  join(wire: Wire, latest: Frame, options: StreamOptions, admission?: Admission): () => void;
  repeat(now: number): void;
}

export function createLanes(channel: Pick<Channel, 'add' | 'remove'>, traffic: Frames['traffic']): Lanes {
  const lanes = new Map<Representation, Map<number, Lane>>();

  function laneOf(representation: Representation, fps: number, latest: Frame): Lane {
    const paces = lanes.get(representation) ?? new Map<number, Lane>();
    lanes.set(representation, paces);
    let lane = paces.get(fps);
    if (lane === undefined) {
      lane = createLane({ fps, representation, latest, traffic, onTurn, onEmpty });
      paces.set(fps, lane);
      channel.add(lane, null);
    }
    return lane;
  }

  function onEmpty(lane: Lane) {
    const paces = lanes.get(lane.representation);
    if (paces?.delete(lane.fps) && paces.size === 0) lanes.delete(lane.representation);
    channel.remove(lane);
  }

  function onTurn(watcher: Watcher, full: boolean, latest: Frame, now: number) {
    watcher.ladder ??= createLadder(watcher.fps);
    const { lane, ladder } = watcher;
    const fps = full ? ladder.full(lane.fps, now) : ladder.taken(lane.fps, now);
    if (fps !== null) {
      // In this order the channel is never without viewers.
      laneOf(lane.representation, fps, latest).add(watcher);
      lane.remove(watcher);
    } else if (ladder.forgotten(now)) watcher.ladder = null;
  }

  return {
    join(wire, latest, { representation, keepAliveMs, delayedStartMs, ...options }, admission = PUBLIC) {
      const maxFps = (admission.by === 'link' ? admission.link.maxFps : null) ?? Number.POSITIVE_INFINITY;
      const fps = Math.min(options.fps, maxFps);
      const now = performance.now();
      const lane = laneOf(representation, fps, latest);
      const watcher: Watcher = {
        wire,
        admission,
        fps,
        keepAliveMs: keepAliveMs === 0 ? Number.POSITIVE_INFINITY : keepAliveMs,
        lane,
        shown: latest.version,
        notBefore: now + Math.max(1000 / fps, delayedStartMs),
        repeatAt: keepAliveMs === 0 ? Number.POSITIVE_INFINITY : now + keepAliveMs,
        full: false,
        ladder: null,
      };
      traffic.delivered += 1;
      lane.write(watcher, representation.first(latest));
      lane.add(watcher);
      return () => watcher.lane.remove(watcher);
    },

    repeat(now) {
      for (const paces of lanes.values()) for (const lane of paces.values()) lane.repeat(now);
    },
  };
}
