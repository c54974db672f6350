import type { Job, Outcome } from './messages.ts';
import { READY } from './messages.ts';
import { startThread, type ThreadOptions } from './start-thread.ts';

/** Why a thread ended before it answered: stopped by the watchdog, without memory, by a bug, or because we wanted it. */
export type ThreadEnd = 'time' | 'memory' | 'crash' | 'closed';

export interface Ended {
  readonly kind: 'ended';
  readonly end: ThreadEnd;
  /** What the thread said, for the log. */
  readonly cause: unknown;
}

export interface RenderWorker {
  /** Whether it can be asked: it has begun, has not ended and renders nothing. */
  idle(): boolean;
  /**
   * Only when idle.
   *
   * @returns `ended` when the thread ended over it, and then it is of no use any more
   */
  render(job: Job): Promise<Outcome | Ended>;
  /** Settles with the end of the thread; never rejects. */
  readonly ended: Promise<Ended>;
  stop(): Promise<unknown>;
}

export interface RenderWorkerOptions extends ThreadOptions {
  /** Milliseconds after which a job is stopped, with its thread. */
  readonly watchdogMs: number;
  /** When it can be asked for the first time. */
  readonly onReady: () => void;
}

/** One thread, one job at a time. */
export function createRenderWorker({ watchdogMs, onReady, ...options }: RenderWorkerOptions): RenderWorker {
  const worker = startThread(options);
  let state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  let end: ThreadEnd = 'crash';
  let cause: unknown;
  let answer: ((outcome: Outcome | Ended) => void) | null = null;

  worker.on('message', (message: Outcome | typeof READY) => {
    if (state === 'ended') return;
    state = 'idle';
    // An idle thread keeps no process alive.
    worker.unref();
    if (message === READY) onReady();
    else answer?.(message);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    cause = error;
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end = 'memory';
  });
  const ended = new Promise<Ended>((resolve) => {
    worker.once('exit', () => {
      state = 'ended';
      const outcome: Ended = { kind: 'ended', end, cause };
      resolve(outcome);
      answer?.(outcome);
    });
  });

  function stop(why: ThreadEnd) {
    if (state !== 'ended') end = why;
    state = 'ended';
    return worker.terminate();
  }

  return {
    idle: () => state === 'idle',

    async render(job) {
      state = 'busy';
      worker.ref();
      const watchdog = setTimeout(() => void stop('time'), watchdogMs);
      try {
        // No race with `ended`: it would keep what came of every job for as long as the thread lives.
        return await new Promise<Outcome | Ended>((resolve) => {
          answer = resolve;
          worker.postMessage(job);
        });
      } finally {
        clearTimeout(watchdog);
      }
    },

    ended,
    stop: () => stop('closed'),
  };
}
