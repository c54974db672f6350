import { Session } from 'node:inspector/promises';
import { expect, onTestFinished, test } from 'vitest';
import { LOOP, templatesForTest } from './templates.ts';

/** What expressions are in the thread that renders templates, asked through its inspector. */
async function inThread(expressions: readonly string[]): Promise<unknown[]> {
  const session = new Session();
  session.connect();
  onTestFinished(() => session.disconnect());
  const found = new Promise<string>((resolve) => {
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
      if (workerInfo.title.includes('templates')) resolve(sessionId);
    });
  });
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const sessionId = await found;
  const answers: unknown[] = [];
  for (const expression of expressions) {
    const answer = new Promise<string>((resolve) => {
      session.once('NodeWorker.receivedMessageFromWorker', ({ params }) => resolve(params.message));
    });
    // By default an inspector lifts for itself what is asked about here.
    const params = { expression, returnByValue: true, allowUnsafeEvalBlockedByCSP: false };
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params });
    await session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    const { result, exceptionDetails } = JSON.parse(await answer).result;
    answers.push(exceptionDetails?.exception.className ?? result.value);
  }
  return answers;
}

test('in a thread eval and Function throw, and the environment is empty; here they go on to work', async () => {
  const templates = templatesForTest({ threads: 1 });
  await templates.render(LOOP, { n: 5000 });
  const making = ['eval("1")', 'new Function("return 1")', '(async () => {}).constructor("return 1")'];
  expect(await inThread([...making, 'Object.keys(process.env).length', '1 + 1'])).toEqual([
    ...making.map(() => 'EvalError'),
    0,
    2,
  ]);
  expect(new Function('return 1')()).toBe(1);
});
