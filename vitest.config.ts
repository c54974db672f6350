import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { skippedReporter } from './test/skipped-reporter.ts';
import { startsBrowser } from './test/starts-browser.ts';

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => `test/${path}`);
const browsers = files.filter((path) => startsBrowser(path));

export default defineConfig({
  // Vitest loads graphql twice, as ESM and as CJS; two copies make `instanceof GraphQLError` false.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // The tests serve from the sources; the console that they serve is built if it is older.
    globalSetup: 'test/harness/built-console.ts',
    pool: 'forks',
    // Generous: what waits for an event that never comes is no faster wrong, and machines are shared and noisy.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', skippedReporter()],
    projects: [
      // A browser takes every core there is: beside another file both only wait, and what must come soon comes late.
      // What a busy machine does to a browser is tried again, and said by the reporter; what is wrong fails each time.
      { extends: true, test: { name: 'browsers', include: browsers, fileParallelism: false, retry: 2 } },
      // The tests start servers and Redis beside themselves: more files at once would only wait for each other.
      {
        extends: true,
        test: { name: 'rest', include: ['test/**/*.test.ts'], exclude: browsers, maxWorkers: 2, retry: 1 },
      },
    ],
  },
});
