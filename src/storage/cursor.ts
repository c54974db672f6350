import { Refusal } from '../errors.ts';

/** A cursor is the number of a change, unique and rising per owner, so a page ends exactly where the next begins. */
export function formatCursor(change: number): string {
  return String(change);
}

/** @throws Refusal BAD_USER_INPUT */
export function parseCursor(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new Refusal('BAD_USER_INPUT', '"after" is no cursor of this list; pass one that an earlier page gave.');
  }
  return Number(text);
}
