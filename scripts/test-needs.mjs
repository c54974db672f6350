// @ts-check
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Something the tests use and npm does not bring.
 *
 * @typedef {object} Need
 * @property {string} name for people
 * @property {string | null} found where it is; null: it is missing
 * @property {readonly string[]} apt Debian's packages
 * @property {string} brew what to hand to `brew install`
 */

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {readonly Need[]}
 */
export function testNeeds(env) {
  const fonts = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
  return [
    { name: 'Redis', found: findProgram(['redis-server'], env), apt: ['redis-server'], brew: 'redis' },
    { name: 'Chromium', found: findChromium(env), apt: ['chromium'], brew: '--cask chromium' },
    // Other systems bring fonts with the browser; in a bare Debian container pictures would have no letters.
    ...(findProgram(['apt-get'], env) === null
      ? []
      : [{ name: 'fonts', found: existsSync(fonts) ? fonts : null, apt: ['fonts-dejavu-core'], brew: '' }]),
  ];
}

/**
 * The browser of the tests: `CHROMIUM_PATH` if set, else the first of the usual names.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null}
 */
export function findChromium(env) {
  if (env.CHROMIUM_PATH) return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null;
  const applications = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return findProgram(names, env) ?? applications.find(isExecutable) ?? null;
}

/**
 * @param {readonly string[]} names
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null} the first that is on the PATH
 */
export function findProgram(names, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

/** Whether nothing may be skipped. @param {Readonly<Record<string, string | undefined>>} env */
export function inCi(env) {
  return env.CI === 'true' || env.CI === '1';
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
