import { RequestError } from './request-error.ts';

/**
 * JSON would turn these numbers into null, and null removes a variable.
 *
 * @throws RequestError BAD_USER_INPUT where the args are no object, or hold NaN or an infinity
 */
export function checkArgs(args: unknown): void {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    throw new RequestError('BAD_USER_INPUT', 'The args must be an object, for example { price: 42 }.');
  }
  JSON.stringify(args, (name, value) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    const mend = 'Leave it out, or give null to remove it.';
    throw new RequestError('BAD_USER_INPUT', `"${name}" is ${value}, which is no number in JSON. ${mend}`);
  });
}
