import { Refusal } from '../errors.ts';

/** A cursor is the number of a change, unique and rising per owner, so a page ends exactly where the next begins. */
export function formatCursor(change: number): string {
  return String(change);
}

/** @throws Refusal BAD_USER_INPUT */
export function parseCursor(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw noCursor();
  return Number(text);
}

function noCursor(): Refusal {
  return new Refusal('BAD_USER_INPUT', '"after" is no cursor of this list; pass one that an earlier page gave.');
}

/** Of an owner's list by name. No number begins with a letter, so the cursor of one order is none of the other. */
export function formatOrderedCursor(name: string): string {
  return `n${formatNameCursor(name)}`;
}

/** @throws Refusal BAD_USER_INPUT */
export function parseOrderedCursor(text: string): string {
  if (!text.startsWith('n')) throw noCursor();
  return parseNameCursor(text.slice(1));
}

/** Of the list of public sessions: the name of the last one seen. */
export function formatNameCursor(name: string): string {
  return Buffer.from(name).toString('base64url');
}

/** @throws Refusal BAD_USER_INPUT */
export function parseNameCursor(text: string): string {
  const name = Buffer.from(text, 'base64url').toString();
  if (name === '' || formatNameCursor(name) !== text) throw noCursor();
  return name;
}
