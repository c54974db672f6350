import { Refusal } from '../errors.ts';

const MAX_SEARCH_CODE_POINTS = 128;

/**
 * What to look for in names, as they are stored: trimmed, NFC. null: nothing in particular.
 *
 * @throws Refusal BAD_USER_INPUT for what no name could contain by its length
 */
export function parseSearch(text: string): string | null {
  const search = text.trim().normalize('NFC');
  if (search.length > 2 * MAX_SEARCH_CODE_POINTS || [...search].length > MAX_SEARCH_CODE_POINTS) {
    throw new Refusal('BAD_USER_INPUT', `"search" has at most ${MAX_SEARCH_CODE_POINTS} characters, as names have.`);
  }
  return search === '' ? null : search;
}
