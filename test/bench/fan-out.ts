import { setTimeout as after } from 'node:timers/promises';
import type { Effort } from './cell.ts';
import type { Loaded, Pace } from './load/load.ts';
import { type Load, startLoad } from './load/start-load.ts';
import { processUse } from './process-use.ts';
import { turns } from './rounds.ts';
import { createSessions, sessionNames } from './servers/ours.ts';
import type { Contender, Served } from './servers/served.ts';

export interface Phase {
  readonly bytes: number;
  readonly pace: Pace;
}

/** One phase against one server in one round. */
export interface Sample extends Loaded {
  readonly contender: string;
  readonly phase: Phase;
  readonly microsPerFrame: number;
  readonly microsPerUpdate: number;
  readonly framesPerSecond: number;
}

/** Memory that the server took for the viewers who were there and had nothing to see. */
export interface Idle {
  readonly contender: string;
  readonly bytesPerViewer: number;
  readonly rssBytes: number;
}

export interface FanOut {
  readonly samples: readonly Sample[];
  readonly idle: readonly Idle[];
  readonly absent: readonly string[];
}

export interface FanOutPlan extends Pick<Effort, 'rounds' | 'seconds' | 'progress'> {
  readonly contenders: readonly Contender[];
  readonly phases: readonly Phase[];
  readonly viewers: number;
  /** Default 1: all watch the same. */
  readonly sessions?: number;
}

const SETTLE_MS = 300;

/** In a shorter time a slow pace has none or one. */
const LEAST_UPDATES = 3;

/** Flat out, before anything is measured: a server that has just started runs code that is not compiled yet. */
const WARM_UP_SECONDS = 1.5;

/** Every contender has its turn in each round, in a process started for it. */
export async function fanOut(plan: FanOutPlan): Promise<FanOut> {
  const sessions = sessionNames(plan.sessions ?? 1);
  const samples: Sample[] = [];
  const idle: Idle[] = [];
  const absent = new Set<string>();
  for (const contender of turns(plan.contenders, plan)) {
    const { name } = contender;
    // Both at once: most of what they take is the start of Node.
    const load = startLoad();
    const served = await contender.start();
    try {
      if (served === null) absent.add(name);
      else await measure(contender, served, load);
    } catch (error) {
      throw new Error(`${name}, ${plan.viewers} viewers: the measurement failed`, { cause: error });
    } finally {
      load.stop();
      await served?.stop();
    }
  }
  return { samples, idle, absent: [...absent] };

  async function measure({ name, ours }: Contender, served: Served, load: Load): Promise<void> {
    const { viewers, phases, seconds } = plan;
    if (ours) await createSessions(served, sessions);
    const { rssBytes: empty } = processUse(served.pids);
    await load.open(served, viewers, sessions);
    await after(SETTLE_MS);
    const { rssBytes } = processUse(served.pids);
    idle.push({ contender: name, rssBytes, bytesPerViewer: (rssBytes - empty) / viewers });
    const pace = sessions.length > 1 ? 'every connection' : 'flat out';
    let { drained } = await load.run({ bytes: 1024, pace, seconds: WARM_UP_SECONDS });
    for (const phase of phases) {
      // It still sends what it had no time for: what came next would only wait behind that.
      if (!drained) return plan.progress(`${name} is still busy with the phase before: the others are left out`);
      const least = typeof phase.pace === 'number' ? LEAST_UPDATES / phase.pace : 0;
      const { serverMicros, ...loaded } = await load.run({ ...phase, seconds: Math.max(seconds, least) });
      const { frames } = loaded;
      drained = loaded.drained;
      samples.push({
        ...loaded,
        contender: name,
        phase,
        microsPerFrame: serverMicros / frames,
        microsPerUpdate: serverMicros / loaded.updates,
        framesPerSecond: frames / loaded.seconds,
      });
    }
  }
}
