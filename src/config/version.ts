import { readFileSync } from 'node:fs';

/**
 * The version in the package's own package.json. It is looked for upwards, because this module lies at another depth
 * in `src` than in a build.
 */
export function packageVersion(): string {
  for (let folder = new URL('.', import.meta.url); folder.pathname !== '/'; folder = new URL('..', folder)) {
    try {
      return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')).version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json is missing above this module.');
}
