import { Refusal } from '../../errors.ts';

/** Runs a Redis command; all that goes wrong with it is UNAVAILABLE, in words that fit a client. */
export async function reading<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw unavailable('', error);
  }
}

/** As `reading`, for a command that changes something: the message says whether it may have done so. */
export async function changing<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    const consequence = wasNotDone(error) ? '; nothing was changed' : '; the change may have been made or not';
    throw unavailable(consequence, error);
  }
}

export function unavailable(consequence: string, cause?: unknown): Refusal {
  // The cause may name hosts and users, which are the log's affair and not the client's.
  const message = `Redis, the store, does not answer as it should${consequence}. Try again soon; see that it runs.`;
  return new Refusal('UNAVAILABLE', message, {}, cause);
}

/** Redis itself refused (out of memory, read-only replica, …), or the command was never sent. */
function wasNotDone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'ReplyError' || /enableOfflineQueue options is false/.test(error.message);
}
