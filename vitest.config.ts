import { defineConfig } from 'vitest/config';
import { skippedReporter } from './test/skipped-reporter.ts';

export default defineConfig({
  // Vitest loads graphql twice, as ESM and as CJS; two copies make `instanceof GraphQLError` false.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    include: ['test/**/*.test.ts'],
    // The tests serve from the sources; the console that they serve is built if it is older.
    globalSetup: 'test/harness/built-console.ts',
    // The tests start servers, Redis and browsers beside themselves: more files at once would only wait for each other.
    pool: 'forks',
    maxWorkers: 2,
    // Generous: what waits for an event that never comes is no faster wrong, and machines are shared and noisy.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    // Told by the reporter. What fails twice is wrong; once it may have been a browser that found no core.
    retry: 1,
    reporters: ['default', skippedReporter()],
  },
});
