import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../../errors.ts';
import type { RenderingLimits } from '../engine.ts';
import { createFairQueue } from './fair-queue.ts';
import type { Job, ResultOf } from './messages.ts';
import { createRenderWorker, type Ended, type RenderWorker, type ThreadEnd } from './render-worker.ts';

/**
 * Characters of pictures that one thread hands over in a second: to take, store and send them is the work of the main
 * thread, which 180 MB/s would keep from everything else.
 */
const CHARACTERS_PER_SECOND = 32 * 1024 * 1024;
/** Below it a thread does not rest after a picture. */
const SHORTEST_REST_MS = 2;

export interface RenderPoolOptions {
  readonly limits: RenderingLimits;
  /** Threads that render at the same time, 1 or more; one more is kept warm to replace one that is stopped. */
  readonly threads: number;
  /** Milliseconds after which a render is stopped, with its thread. */
  readonly watchdogMs: number;
  /** Renders that may wait. */
  readonly maxWaiting: number;
  /** Characters of template and args that may wait, all together. */
  readonly maxWaitingCharacters: number;
  /** Old generation of a thread's heap, in MiB. Default 256. */
  readonly heapMb?: number;
}

export interface DoneInThread<Result> {
  readonly result: Result;
  /** Milliseconds in the thread, with compiling if the template was new to it. */
  readonly tookMs: number;
}

export interface RenderPool {
  /**
   * @param party whose turn it takes: parties are served one after the other, however many renders each has waiting.
   * @throws Refusal TEMPLATE_ERROR as the engine does; UNAVAILABLE when too many wait, when the thread was stopped over it,
   *   or when the pool is closed
   */
  run<J extends Job>(job: J, party: string): Promise<DoneInThread<ResultOf<J>>>;
  waiting(): number;
  /** Threads that ended over a render, by why. */
  stopped(end: ThreadEnd): number;
  /** Ends the threads; whoever waits is refused. Idempotent. */
  close(): Promise<void>;
}

interface Turn {
  readonly job: Job;
  readonly resolve: (done: DoneInThread<ResultOf<Job>>) => void;
  readonly reject: (error: unknown) => void;
}

const ENDED: Readonly<Record<ThreadEnd, string>> = {
  time: 'The render took too long here and was stopped. That is no verdict on the template',
  memory: 'The render ran out of memory here and was stopped. That is no verdict on the template',
  crash: 'The thread of this render ended unexpectedly',
  closed: 'The server is shutting down',
};

function unavailable(what: string, reason: 'rendering' | 'shutdown', cause?: unknown): Refusal {
  const details = { reason, retryAfterSeconds: 1 };
  return new Refusal('UNAVAILABLE', `${what}; nothing was changed. Try again.`, details, cause);
}

function refusalOf({ end, cause }: Ended): Refusal {
  return unavailable(ENDED[end], end === 'closed' ? 'shutdown' : 'rendering', cause ?? end);
}

const sizeOf = (job: Job): number => job.source.length + (job.task === 'render' ? job.argsJson.length : 0);

const restAfter = (result: ResultOf<Job>): number =>
  'svg' in result ? (result.svg.length / CHARACTERS_PER_SECOND) * 1000 : 0;

/** Renders in threads, which start with the first render: most servers never need one. */
export function createRenderPool({ limits, threads, watchdogMs, heapMb, ...bounds }: RenderPoolOptions): RenderPool {
  const queue = createFairQueue<Turn>({ maxItems: bounds.maxWaiting, maxSize: bounds.maxWaitingCharacters });
  const workers = new Set<RenderWorker>();
  const stopped = new Map<ThreadEnd, number>();
  let running = 0;
  let closed = false;

  function start(): void {
    let wasReady = false;
    const worker = createRenderWorker({
      data: limits,
      watchdogMs,
      ...(heapMb === undefined ? {} : { heapMb }),
      onReady() {
        wasReady = true;
        advance();
      },
    });
    workers.add(worker);
    void worker.ended.then((ended) => {
      workers.delete(worker);
      if (closed) return;
      // One that cannot even start would only fail again: somebody has to hear of it, and the next render tries anew.
      if (!wasReady && workers.size === 0) refuseAll(refusalOf(ended));
      else if (wasReady) start();
    });
  }

  function refuseAll(refusal: Refusal): void {
    for (let turn = queue.shift(); turn !== null; turn = queue.shift()) turn.reject(refusal);
  }

  function advance(): void {
    while (running < threads && queue.length() > 0) {
      const worker = [...workers].find((each) => each.idle());
      if (worker === undefined) break;
      const turn = queue.shift();
      if (turn !== null) void run(worker, turn);
    }
    while (!closed && workers.size < threads + 1 && (queue.length() > 0 || running > 0)) start();
  }

  async function run(worker: RenderWorker, { job, resolve, reject }: Turn): Promise<void> {
    running += 1;
    const outcome = await worker.render(job);
    if (outcome.kind === 'done') resolve(outcome);
    else if (outcome.kind === 'refused') reject(new Refusal(outcome.code, outcome.message, outcome.details));
    else if (outcome.kind === 'bug') reject(new Error(`A bug in a template thread: ${outcome.stack}`));
    else {
      stopped.set(outcome.end, (stopped.get(outcome.end) ?? 0) + 1);
      reject(refusalOf(outcome));
    }
    const restMs = outcome.kind === 'done' ? restAfter(outcome.result) : 0;
    if (restMs >= SHORTEST_REST_MS) await delay(restMs, undefined, { ref: false });
    running -= 1;
    advance();
  }

  return {
    run(job, party) {
      return new Promise((resolve, reject) => {
        if (closed) throw unavailable(ENDED.closed, 'shutdown');
        const gone = queue.push(party, { job, resolve: resolve as Turn['resolve'], reject }, sizeOf(job));
        for (const turn of gone) turn.reject(unavailable('Too many renders wait for their turn', 'rendering'));
        advance();
      });
    },
    waiting: () => queue.length(),
    stopped: (end) => stopped.get(end) ?? 0,
    async close() {
      closed = true;
      refuseAll(unavailable(ENDED.closed, 'shutdown'));
      await Promise.all([...workers].map((worker) => worker.stop()));
    },
  };
}
