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
    { name: 'Firefox', found: findFirefox(env), apt: ['firefox-esr'], brew: '--cask firefox' },
    { name: 'curl', found: findProgram(['curl'], env), apt: ['curl'], brew: 'curl' },
    // Other systems bring fonts with the browser; in a bare Debian container pictures would have no letters.
    ...(findProgram(['apt-get'], env) === null
      ? []
      : [{ name: 'fonts', found: existsSync(fonts) ? fonts : null, apt: ['fonts-dejavu-core'], brew: '' }]),
  ];
}

/**
 * `CHROMIUM_PATH` if set, else the first of the usual names.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null}
 */
export function findChromium(env) {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const applications = ['Chromium', 'Google Chrome'].map((name) => `${name}.app/Contents/MacOS/${name}`);
  return findBrowser(env.CHROMIUM_PATH, names, applications, env);
}

/**
 * `FIREFOX_PATH` if set, else the first of the usual names.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null}
 */
export function findFirefox(env) {
  return findBrowser(env.FIREFOX_PATH, ['firefox-esr', 'firefox'], ['Firefox.app/Contents/MacOS/firefox'], env);
}

/**
 * @param {string | undefined} path overrides the search, also when there is nothing
 * @param {readonly string[]} names
 * @param {readonly string[]} applications of macOS
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function findBrowser(path, names, applications, env) {
  if (path) return isExecutable(path) ? path : null;
  const inFolder = applications.map((application) => join('/Applications', application));
  return findProgram(names, env) ?? inFolder.find(isExecutable) ?? null;
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
