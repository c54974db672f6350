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
    testTimeout: 60_000,
    hookTimeout: 30_000,
    reporters: ['default', skippedReporter()],
  },
});
