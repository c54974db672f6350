import { RequestError, unreachable } from '../../client/request-error.ts';
import { errorText } from './language/error-text.ts';
import { complain } from './toasts.ts';

/** Whatever was thrown, as the error it is. */
export function asRequestError(cause: unknown): RequestError {
  return cause instanceof RequestError ? cause : unreachable(cause);
}

/** Does it, and says what went wrong. @returns whether it was done */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (cause) {
    complain(errorText(asRequestError(cause)));
    return false;
  }
}
