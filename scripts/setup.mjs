// @ts-check
// `npm run setup`: gets what the tests use and npm does not bring, or says how to get it.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { findProgram, inCi, testNeeds } from './test-needs.mjs';

/** @typedef {import('./test-needs.mjs').Need} Need */

const { env } = process;
const isRoot = process.getuid?.() === 0;
const aptGet = findProgram(['apt-get'], env);

const missing = report(testNeeds(env));
if (missing.length > 0 && aptGet !== null && isRoot) {
  install(aptGet, missing);
  const stillMissing = report(testNeeds(env).filter((need) => missing.some(({ name }) => name === need.name)));
  const elsewhere = 'CHROMIUM_PATH may name any Chromium, FIREFOX_PATH any Firefox';
  finish(stillMissing, `apt-get did not bring them. Install them by hand (${elsewhere}).`);
} else {
  finish(missing, commandFor(missing));
}

/** One line for each need. @param {readonly Need[]} needs @returns the missing ones */
function report(needs) {
  for (const { name, found } of needs) console.log(`${name}: ${found ?? 'missing'}`);
  return needs.filter(({ found }) => found === null);
}

/** @param {readonly Need[]} needs @param {string} advice */
function finish(needs, advice) {
  if (needs.length === 0) return;
  console.log(advice);
  // Elsewhere the tests run without it and say what they skipped.
  if (inCi(env)) process.exitCode = 1;
}

/** @param {readonly Need[]} needs */
function commandFor(needs) {
  const packages = needs.flatMap(({ apt }) => apt).join(' ');
  if (aptGet !== null) {
    return `Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`;
  }
  if (process.platform === 'darwin') return `Run: ${needs.map(({ brew }) => `brew install ${brew}`).join(' && ')}`;
  return `Install with this system's packages: ${packages}`;
}

/** @param {string} command @param {readonly Need[]} needs */
function install(command, needs) {
  const allowServicesAgain = forbidServices();
  try {
    const options = /** @type {const} */ ({ stdio: 'inherit' });
    const quiet = { ...options, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
    // An outdated mirror is no reason to stop: what matters is whether the packages come.
    spawnSync(command, ['update', '-q'], quiet);
    for (const { apt } of needs) {
      // One by one, since a name this system does not know would stop the others.
      spawnSync(command, ['install', '-q', '-y', '--no-install-recommends', ...apt], quiet);
    }
  } finally {
    allowServicesAgain();
  }
}

/** Debian starts a service once it is installed; the tests start their own Redis, and port 6379 is not ours. */
function forbidServices() {
  const policy = '/usr/sbin/policy-rc.d';
  try {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { flag: 'wx', mode: 0o755 });
    // Ctrl-C ends apt-get; this process goes on for long enough to take the policy away.
    process.on('SIGINT', () => {});
    return () => rmSync(policy, { force: true });
  } catch {
    // The machine has a policy of its own (containers do).
    return () => {};
  }
}
