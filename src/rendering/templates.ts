import { availableParallelism } from 'node:os';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { createEngine, type Rendering, type RenderingLimits } from './engine.ts';
import type { Variable } from './variables/variables.ts';
import { createPlacement, IN_PLACE } from './workers/placement.ts';
import { createRenderPool, type RenderPoolOptions } from './workers/render-pool.ts';

export interface RenderOptions {
  /** The args as JSON, where somebody has it already. Default: it is written when a thread needs it. */
  readonly argsJson?: string;
  /** Whose turn a render in a thread takes. Default: that of all who are not named. */
  readonly party?: string;
}

export interface Templates {
  /**
   * Renders a template that may be anybody's: a small one at once, in place, any other in a thread.
   *
   * @param args a parsed JSON object; never changed.
   * @throws Refusal TEMPLATE_ERROR, as the engine does; UNAVAILABLE, with `retryAfterSeconds`, when too many renders wait, or
   *   this one was stopped for the time or memory it took, which the same render may survive a second later
   */
  render(source: string, args: JsonObject, options?: RenderOptions): Promise<Rendering>;
  /** The variables that a template reads. @throws Refusal TEMPLATE_ERROR when it does not parse; UNAVAILABLE as above */
  describe(source: string, options?: RenderOptions): Promise<readonly Variable[]>;
}

/** How renders were made, for those who run the server. */
export interface RenderCounts {
  readonly inPlace: number;
  readonly inThread: number;
  /** Renders whose thread was stopped for time or memory, or ended by itself. */
  readonly stopped: number;
  /** Renders that wait for a thread now. */
  readonly waiting: number;
}

export interface RunningTemplates extends Templates {
  counts(): RenderCounts;
  /** Ends the threads; renders that wait or run in one are UNAVAILABLE. Idempotent. */
  close(): Promise<void>;
}

/** Fifty times what the dearest template takes on an idle machine: threads of a busy one wait for a core. */
const WATCHDOG_MS = 15_000;
const MAX_WAITING = 512;
const MAX_WAITING_CHARACTERS = 64 * 1024 * 1024;

/** One core stays for requests; more than four threads of strangers' templates serve nobody. */
const threads = () => Math.min(4, Math.max(1, availableParallelism() - 1));

export function createTemplates(
  limits: RenderingLimits,
  options: Partial<Omit<RenderPoolOptions, 'limits'>> = {},
): RunningTemplates {
  const small = createEngine({
    maxSteps: Math.min(IN_PLACE.maxSteps, limits.maxSteps),
    maxFrameBytes: Math.min(IN_PLACE.maxFrameBytes, limits.maxFrameBytes),
  });
  const placement = createPlacement();
  const pool = createRenderPool({
    ...{ limits, threads: threads(), watchdogMs: WATCHDOG_MS },
    ...{ maxWaiting: MAX_WAITING, maxWaitingCharacters: MAX_WAITING_CHARACTERS, ...options },
  });
  let inPlace = 0;
  let inThread = 0;

  /** Whether it was stopped only because it ran in place. */
  function overran(error: unknown): boolean {
    if (!(error instanceof Refusal)) return false;
    const { limit, allowed } = error.details;
    if (limit === 'steps') return allowed !== limits.maxSteps;
    return (limit === 'frame length' || limit === 'frame bytes') && allowed !== limits.maxFrameBytes;
  }

  return {
    async render(source, args, { argsJson, party = '' } = {}) {
      if (placement.inPlace(source)) {
        const startedAt = performance.now();
        try {
          const rendering = small.render(source, args);
          inPlace += 1;
          return rendering;
        } catch (error) {
          if (!overran(error)) throw error;
        } finally {
          placement.tookInPlace(source, performance.now() - startedAt);
        }
        placement.overran(source);
      }
      const job = { task: 'render', source, argsJson: argsJson ?? JSON.stringify(args) } as const;
      const { result, tookMs } = await pool.run(job, party);
      inThread += 1;
      placement.rendered(source, result, tookMs);
      return result;
    },

    async describe(source, { party = '' } = {}) {
      if (placement.inPlace(source)) {
        const startedAt = performance.now();
        try {
          return small.describe(source);
        } finally {
          placement.tookInPlace(source, performance.now() - startedAt);
        }
      }
      return (await pool.run({ task: 'describe', source }, party)).result;
    },

    counts: () => ({
      inPlace,
      inThread,
      stopped: (['time', 'memory', 'crash'] as const).reduce((sum, end) => sum + pool.stopped(end), 0),
      waiting: pool.waiting(),
    }),

    close: pool.close,
  };
}
