import { Refusal } from '../errors.ts';

/** Code points. The least is that of NIST SP 800-63B; the most keeps a hash from being work for an attacker to order. */
const MIN_LENGTH = 8;
const MAX_LENGTH = 1024;

/** @throws Refusal BAD_USER_INPUT for a password that nobody may choose any more */
export function checkNewPassword(password: string): void {
  checkPassword(password);
  if ([...password].length >= MIN_LENGTH) return;
  throw new Refusal('BAD_USER_INPUT', `A new password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
}

/** @throws Refusal BAD_USER_INPUT for a password that nobody can have */
export function checkPassword(password: string): void {
  // Hashed as UTF-8, all halves are the same character: another password would fit.
  if (!password.isWellFormed()) {
    throw new Refusal('BAD_USER_INPUT', 'A password contains half of a surrogate pair, which is no character.');
  }
  // Two code units make at most one code point: what is surely too long is not counted.
  if (password.length <= 2 * MAX_LENGTH && [...password].length <= MAX_LENGTH) return;
  throw new Refusal('BAD_USER_INPUT', `A password has at most ${MAX_LENGTH} characters.`);
}
