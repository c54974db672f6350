import { Refusal } from '../errors.ts';

/** A BAD_USER_INPUT that HTTP has a narrower status for than 400. */
export function refusalWithStatus(message: string, statusCode: number): Refusal {
  return Object.assign(new Refusal('BAD_USER_INPUT', message), { statusCode });
}
