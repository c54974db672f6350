import type { Reporter, Vitest } from 'vitest/node';
import { inCi, testNeeds } from '../scripts/test-needs.mjs';

/** Ends the run with one line that counts skipped tests and says why. With CI=true they fail the run. */
export function skippedReporter(): Reporter {
  let vitest: Vitest;
  return {
    onInit: (started) => {
      vitest = started;
    },
    onTestRunEnd: (modules) => {
      // With `-t` all others are left out on purpose.
      if (vitest.config.testNamePattern !== undefined) return;
      const places = modules.map((module) => ({
        file: module.relativeModuleId,
        skipped: [...module.children.allTests('skipped')].length,
      }));
      const count = places.reduce((sum, { skipped }) => sum + skipped, 0);
      if (count === 0) return;
      const where = places.filter(({ skipped }) => skipped > 0).map(({ file, skipped }) => `${file}: ${skipped}`);
      const line = `${count} ${count === 1 ? 'test' : 'tests'} SKIPPED (${where.join(', ')}). ${why()}`;
      vitest.logger.log(`\n\x1b[1;43;30m ${line} \x1b[0m`);
      if (!inCi(process.env)) return;
      vitest.logger.log('With CI=true nothing may be skipped: the run has failed.');
      process.exitCode = 1;
    },
  };
}

function why(): string {
  const missing = testNeeds(process.env).filter(({ found }) => found === null);
  if (missing.length === 0) return 'Nothing is missing on this machine: the tests themselves say .skip or .todo.';
  return `Missing: ${missing.map(({ name }) => name).join(', ')}; run "npm run setup".`;
}
