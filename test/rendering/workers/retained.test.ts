import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { createRenderWorker } from '../../../src/rendering/workers/render-worker.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const JOBS = 20;

test('what a thread has rendered is kept by nothing, however long the thread lives', async () => {
  let begin = () => {};
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const data = { maxFrameBytes: 10_000, maxSteps: 1000 };
  const worker = createRenderWorker({ data, watchdogMs: 60_000, onReady: () => begin() });
  onTestFinished(async () => void (await worker.stop()));
  await ready;
  const outcomes: WeakRef<object>[] = [];
  for (let n = 0; n < JOBS; n += 1) {
    const argsJson = JSON.stringify({ n });
    const source = '<svg xmlns="http://www.w3.org/2000/svg">{{ n }}</svg>';
    const outcome = await worker.render({ task: 'render', source, argsJson });
    expect(outcome).toMatchObject({ kind: 'done' });
    outcomes.push(new WeakRef(outcome));
  }
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  // The newest is still the one that was answered last.
  expect(outcomes.slice(0, -1).filter((outcome) => outcome.deref() !== undefined)).toEqual([]);
});
