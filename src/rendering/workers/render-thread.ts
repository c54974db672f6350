// The code of a thread. It renders one job after the other and keeps its compiled templates.
import { readlinkSync } from 'node:fs';
import { constants, platform, setPriority } from 'node:os';
import { basename } from 'node:path';
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

/** Where there are fewer cores than work, requests and frames go first. Only Linux has priorities of threads. */
function giveWay(): void {
  if (platform() !== 'linux') return;
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where /proc is hidden, or priorities are not ours to set, threads share as all others do.
  }
}

giveWay();
parentPort?.on('message', (job: Job) => parentPort?.postMessage(outcomeOf(job)));
parentPort?.postMessage(READY);
