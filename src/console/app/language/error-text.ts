import type { RequestError } from '../../../client/request-error.ts';
import { text } from './language.ts';

/** What happened and what to do. What the server says of a template or an input is exact, and stays as it is. */
export function errorText({ code, message, details }: RequestError): string {
  const { errors } = text.value;
  if (code === 'UNREACHABLE') return errors.unreachable;
  if (code === 'UNAVAILABLE') return errors.unavailable;
  if (code === 'UNAUTHENTICATED') return errors.signedOut;
  if (code === 'RATE_LIMITED') return errors.rateLimited(String(details.retryAfterSeconds ?? 10));
  return message;
}
