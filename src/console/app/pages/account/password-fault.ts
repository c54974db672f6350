import { me } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { asRequestError } from '../../tell.ts';

/** Why a password that was asked for once more was refused: whoever is still signed in has mistyped it. */
export function passwordFault(cause: unknown): string {
  const error = asRequestError(cause);
  return error.code === 'UNAUTHENTICATED' && me.value !== null ? text.value.account.wrong : errorText(error);
}
