import { Refusal } from '../errors.ts';
import { parseName, type SessionId } from '../sessions/session-id.ts';

/** The parameters of `/:name` and `/:owner/:name`. */
export interface PictureParams {
  readonly owner?: string;
  readonly name: string;
}

/** @throws Refusal BAD_USER_INPUT, and NOT_FOUND for a path that ends before the name */
export function idOf({ owner, name }: PictureParams): SessionId {
  if (name === '') throw new Refusal('NOT_FOUND', 'The path ends before the name of the session.');
  return { owner: owner === undefined ? null : parseName(owner, 'owner'), name: parseName(name, 'session name') };
}
