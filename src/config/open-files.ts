import { readFileSync } from 'node:fs';

/** What Node raises the limit to on systems that do not tell it in a file, such as macOS. */
const ELSEWHERE = 10_240;

/** How many files and sockets this process may have open at once (the soft limit). */
export function openFileLimit(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? ELSEWHERE : Number(soft);
  } catch {
    return ELSEWHERE;
  }
}
