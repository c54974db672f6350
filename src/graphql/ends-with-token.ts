import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { GraphqlContext } from './context.ts';
import { presentError, withoutHttp } from './present-error.ts';

const REFUSAL = new Refusal(
  'UNAUTHENTICATED',
  'The token of this stream has expired or was revoked; open another one.',
);

/** Calls back when the token of the stream has come to its end. @returns forgets it */
export type WhenTokenEnds = (end: () => void) => () => void;

/** The last result of a stream whose token has come to its end. */
export function tokenOver(log: Log): ExecutionResult {
  return { errors: [withoutHttp(presentError(REFUSAL, log))] };
}

/** The same results until the token ends, then `last`. A pending `next` is woken: the next frame may be far away. */
function endingWithToken(
  results: AsyncIterable<ExecutionResult>,
  whenTokenEnds: WhenTokenEnds,
  last: ExecutionResult,
): AsyncIterableIterator<ExecutionResult> {
  const source = results[Symbol.asyncIterator]();
  const rest = [last];
  let ended = false;
  let wake = () => {};

  const forget = whenTokenEnds(() => {
    ended = true;
    wake();
    void source.return?.();
  });

  function takeLast(): IteratorResult<ExecutionResult> {
    const value = rest.pop();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  const iterator: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () =>
      new Promise((resolve, reject) => {
        wake = () => resolve(takeLast());
        if (ended) return wake();
        source.next().then((result) => {
          if (ended) return;
          if (result.done) forget();
          resolve(result);
        }, reject);
      }),
    async return() {
      forget();
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
  return iterator;
}

function isStream(result: unknown): result is AsyncIterable<ExecutionResult> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

/** Ends each subscription with the token that it was opened with. One that was opened without goes on. */
export function useTokenEnds(log: Log): Plugin<GraphqlContext> {
  return {
    onSubscribe({ args }) {
      const { whenTokenEnds } = args.contextValue;
      if (whenTokenEnds === null) return;
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isStream(result)) return;
          setResult(endingWithToken(result, whenTokenEnds, tokenOver(log)));
        },
      };
    },
  };
}
