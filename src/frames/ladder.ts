/** Frames per second to which a viewer whose wire stays full falls, one after the other. */
const RUNGS = [30, 10, 3, 1] as const;

/** In how many turns one after the other the wire must have been found full. */
const FULL_TURNS = 3;

/** How long it must not have been found full to climb a rung; doubled with each fall, so that nobody goes up and down all the time. */
const MIN_CALM_MS = 1000;
const MAX_CALM_MS = 64_000;

/** Who has kept the pace it asked for so long has never fallen. */
const FORGET_MS = 60_000;

/**
 * The way of a viewer that cannot keep its pace. A network holds megabytes on its way to a slow viewer: given frames as
 * fast as it takes them, it would see each one seconds late. Given fewer, it sees them at once.
 */
export interface Ladder {
  /** The wire was full when its turn came. @returns the pace to fall to, null to stay */
  full(fps: number, now: number): number | null;
  /** It was not, and has been given a frame. @returns the pace to climb to, null to stay */
  taken(fps: number, now: number): number | null;
  /** Nothing of it needs to be remembered. */
  forgotten(now: number): boolean;
}

/** @param asked the viewer's own pace, frames per second */
export function createLadder(asked: number): Ladder {
  let turns = 0;
  let calmMs = MIN_CALM_MS / 2;
  let calmAt = 0;

  return {
    full(fps, now) {
      turns += 1;
      calmAt = now + calmMs;
      if (turns < FULL_TURNS) return null;
      turns = 0;
      const lower = RUNGS.find((rung) => rung < fps) ?? null;
      if (lower !== null) calmMs = Math.min(calmMs * 2, MAX_CALM_MS);
      calmAt = now + calmMs;
      return lower;
    },
    taken(fps, now) {
      turns = 0;
      if (fps === asked || now < calmAt) return null;
      calmAt = now + calmMs;
      return Math.min(asked, RUNGS.findLast((rung) => rung > fps) ?? asked);
    },
    forgotten: (now) => now > calmAt + FORGET_MS,
  };
}
