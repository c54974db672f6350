import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a file takes from elsewhere to run; types come from nowhere. */
const IMPORT = /^(?:import|export) (?!type\b)[^;]*?from '([^']+)'/gms;

const DRIVERS = ['playwright-core', 'puppeteer-core'];

/** Whether a browser's driver comes with a module, by itself or through what it imports. @param path of the module */
export function startsBrowser(path: string, seen: Set<string> = new Set()): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  return [...readFileSync(path, 'utf8').matchAll(IMPORT)].some(([, specifier = '']) => {
    if (DRIVERS.includes(specifier)) return true;
    return /^\.+\/(?!.*src\/).*\.ts$/.test(specifier) && startsBrowser(join(dirname(path), specifier), seen);
  });
}
