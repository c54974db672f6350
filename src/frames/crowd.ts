import type { SessionAccess } from '../storage/session-access.ts';
import { type Admission, holds } from './admission.ts';
import type { EndReason, Viewer } from './channel.ts';
import type { Frame } from './frame.ts';

/** The longest delay that a timer takes is 24.8 days; after a day it only looks again. */
const LONGEST_DELAY_MS = 86_400_000;

/** The viewers of one session, each for as long as it may look. */
export interface Crowd {
  /** @param admission null: those who look through it were each admitted for themselves, see `Viewer.review` */
  add(viewer: Viewer, admission: Admission | null): void;
  /** False: it was not there. */
  remove(viewer: Viewer): boolean;
  count(): number;
  isEmpty(): boolean;
  show(frame: Frame): void;
  /** Has somebody end when the link by which it came expires: one timer for all. */
  expect(admission: Admission): void;
  /** Ends all who may look no more. */
  review(): void;
  end(reason: EndReason): void;
}

/**
 * @param access who may look now
 * @param onEmpty the last one has been ended by a review
 */
export function createCrowd(access: () => SessionAccess, onEmpty: () => void): Crowd {
  const viewers = new Map<Viewer, Admission | null>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  function reviewAt(time: number): void {
    if (time >= timerAt) return;
    clearTimeout(timer);
    timerAt = time;
    timer = setTimeout(review, Math.min(Math.max(time - Date.now(), 0), LONGEST_DELAY_MS)).unref();
  }

  function endOf(admission: Admission): number {
    return (admission.by === 'link' ? admission.link.expiresAt : null) ?? Number.POSITIVE_INFINITY;
  }

  function review(): void {
    if (viewers.size === 0) return;
    clearTimeout(timer);
    timerAt = Number.POSITIVE_INFINITY;
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    const stays = (admission: Admission) => {
      if (!holds(admission, access(), now)) return false;
      next = Math.min(next, endOf(admission));
      return true;
    };
    for (const [viewer, admission] of viewers) {
      if (admission === null) viewer.review?.(stays);
      else if (!stays(admission)) {
        viewers.delete(viewer);
        viewer.end('withdrawn');
      }
    }
    reviewAt(next);
    if (viewers.size === 0) onEmpty();
  }

  return {
    add: (viewer, admission) => void viewers.set(viewer, admission),
    remove: (viewer) => viewers.delete(viewer),
    count() {
      let count = 0;
      for (const viewer of viewers.keys()) count += viewer.viewers?.() ?? 1;
      return count;
    },
    isEmpty: () => viewers.size === 0,
    show(frame) {
      for (const viewer of viewers.keys()) viewer.frame(frame);
    },
    expect: (admission) => reviewAt(endOf(admission)),
    review,
    end(reason) {
      clearTimeout(timer);
      for (const viewer of viewers.keys()) viewer.end(reason);
      viewers.clear();
    },
  };
}
