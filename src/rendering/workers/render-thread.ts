// The code of a thread. It renders one job after the other and keeps its compiled templates.
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../errors.ts';
import { createEngine } from '../engine.ts';
import { type Job, type Outcome, READY, type ThreadData } from './messages.ts';

const engine = createEngine(workerData as ThreadData);

function outcomeOf(job: Job): Outcome {
  const startedAt = performance.now();
  try {
    const { source } = job;
    const result = job.task === 'render' ? engine.render(source, JSON.parse(job.argsJson)) : engine.describe(source);
    return { kind: 'done', result, tookMs: performance.now() - startedAt };
  } catch (error) {
    if (error instanceof Refusal) {
      return { kind: 'refused', code: error.code, message: error.message, details: error.details };
    }
    return { kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (job: Job) => parentPort?.postMessage(outcomeOf(job)));
parentPort?.postMessage(READY);
