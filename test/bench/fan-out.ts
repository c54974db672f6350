import { setTimeout as after } from 'node:timers/promises';
import type { Effort } from './cell.ts';
import type { Loaded, Pace } from './load/load.ts';
import { startLoad } from './load/start-load.ts';
import { processUse } from './process-use.ts';
import { turns } from './rounds.ts';
import { createSessions, sessionNames } from './servers/ours.ts';
import type { Contender } from './servers/served.ts';

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

/** Flat out, before anything is measured: a server that has just started runs code that is not compiled yet. */
const WARM_UP_SECONDS = 2;

/** Every contender has its turn in each round, in a process started for it. */
export async function fanOut(plan: FanOutPlan): Promise<FanOut> {
  const { contenders, phases, viewers, seconds } = plan;
  const sessions = sessionNames(plan.sessions ?? 1);
  const samples: Sample[] = [];
  const idle: Idle[] = [];
  const absent = new Set<string>();
  for (const contender of turns(contenders, plan)) {
    const { name } = contender;
    const served = await contender.start();
    if (served === null) {
      absent.add(name);
      continue;
    }
    const load = startLoad();
    try {
      if (contender.ours) await createSessions(served, sessions);
      const { rssBytes: empty } = processUse(served.pids);
      await load.open(served, viewers, sessions);
      await after(SETTLE_MS);
      const { rssBytes } = processUse(served.pids);
      idle.push({ contender: name, rssBytes, bytesPerViewer: (rssBytes - empty) / viewers });
      const pace = sessions.length > 1 ? 'every connection' : 'flat out';
      await load.run({ bytes: 1024, pace, seconds: WARM_UP_SECONDS });
      for (const phase of phases) {
        const { serverMicros, ...loaded } = await load.run({ ...phase, seconds });
        const { frames } = loaded;
        samples.push({
          ...loaded,
          contender: name,
          phase,
          microsPerFrame: serverMicros / frames,
          microsPerUpdate: serverMicros / loaded.updates,
          framesPerSecond: frames / loaded.seconds,
        });
      }
    } catch (error) {
      throw new Error(`${name}, ${viewers} viewers: the measurement failed`, { cause: error });
    } finally {
      load.stop();
      await served.stop();
    }
  }
  return { samples, idle, absent: [...absent] };
}
