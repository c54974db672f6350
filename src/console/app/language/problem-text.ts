import { limits } from './ko/limits.ts';
import { language } from './language.ts';
import { wholeNumber } from './times.ts';

interface Problem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly limit: string | null;
  readonly allowed: number | null;
}

/**
 * What is wrong with a template. Which limit it exceeds is said in the chosen language; everything else only the server
 * can say exactly, and it says it in English.
 */
export function problemText({ message, line, column, limit, allowed }: Problem): string {
  const words = language.value === 'ko' && limit !== null ? limits.get(limit) : undefined;
  if (words === undefined || allowed === null) return message;
  const [what, mend] = words;
  const place = line === null || column === null ? '' : `${line}번째 줄 ${column}번째 칸: `;
  return `${place}${what}: 한도 ${wholeNumber(allowed)}을(를) 넘었습니다. ${mend}.`;
}
