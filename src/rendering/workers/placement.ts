import { LRUCache } from 'lru-cache';
import type { Rendering } from '../engine.ts';
import { createCredit } from './credit.ts';

/** What a render may take where requests are answered. Past it, it is done again, from the start, in a thread. */
export const IN_PLACE = { maxSteps: 5000, maxFrameBytes: 32 * 1024 } as const;

/** Characters of a template that may be compiled where requests are answered, though nobody has compiled it before. */
const SMALL = 1024;
/** Characters of one that may be, once a thread has done it quickly. */
const MEDIUM = 32 * 1024;
const QUICK_MS = 12;
/** A render that takes no longer holds up nobody, as often as it is done. */
const LIGHT_MS = 0.5;
/**
 * What renders in place that take longer may take together: 20 ms at once, and a two-hundredth of the time. More at first,
 * since a process whose own code is not compiled yet takes ten times as long.
 */
const CREDIT = { start: 500, most: 20, share: 0.005 };

const REMEMBERED = 10_000;
const REMEMBERED_CHARACTERS = 32 * 1024 * 1024;

/** Where templates are rendered: in place, or in a thread. Only a matter of time; the picture is the same. */
export interface Placement {
  inPlace(source: string): boolean;
  /** It was rendered in place, or refused there. */
  tookInPlace(source: string, ms: number): void;
  /** It went past what it may take in place. */
  overran(source: string): void;
  /** A thread has rendered it. */
  rendered(source: string, rendering: Rendering, tookMs: number): void;
}

/** @param clock milliseconds since any time; never goes back. */
export function createPlacement(clock: () => number = () => performance.now()): Placement {
  /** `slow`: compiling takes long; `heavy`: rendering did, with the args it had; `light`: it took no time lately. */
  const known = new LRUCache<string, 'light' | 'quick' | 'slow' | 'heavy'>({
    max: REMEMBERED,
    maxSize: REMEMBERED_CHARACTERS,
    sizeCalculation: (_, source) => source.length + 1,
  });
  const credit = createCredit(CREDIT, clock);
  return {
    inPlace(source) {
      const judged = known.get(source);
      if (judged === 'light') return true;
      return (judged === undefined ? source.length <= SMALL : judged === 'quick') && credit.isLeft();
    },
    tookInPlace(source, ms) {
      const isLight = ms <= LIGHT_MS;
      if (!isLight) credit.spend(ms);
      if (isLight !== (known.get(source) === 'light')) known.set(source, isLight ? 'light' : 'quick');
    },
    overran: (source) => void known.set(source, 'heavy'),
    rendered(source, { steps, svg }, tookMs) {
      const judged = known.get(source);
      if (source.length > MEDIUM || judged === 'slow') return;
      // Half of it, so that a template at the edge does not run twice every other time.
      const fits = steps <= IN_PLACE.maxSteps / 2 && svg.length <= IN_PLACE.maxFrameBytes / 2;
      // The first report has the time of compiling in it; later ones may not.
      if (judged === undefined && tookMs > QUICK_MS) known.set(source, 'slow');
      else if (!fits) known.set(source, 'heavy');
      else if (judged !== 'light') known.set(source, 'quick');
    },
  };
}
