import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixtureProject, run } from './scripts/fixture-project.ts';

const reporter = fileURLToPath(new URL('skipped-reporter.ts', import.meta.url));

/** Runs vitest with the reporter on these tests alone. */
async function report(tests: string, env: NodeJS.ProcessEnv, ...flags: string[]) {
  const project = fixtureProject();
  project.write('a.test.ts', `import { describe, expect, test } from 'vitest';\n${tests}`);
  project.write(
    'vitest.config.ts',
    `import { skippedReporter } from ${JSON.stringify(reporter)};
     export default { test: { reporters: [skippedReporter()] } };`,
  );
  const vitest = join(project.root, 'node_modules/vitest/vitest.mjs');
  const { CI: _, ...outside } = process.env;
  return run(process.execPath, [vitest, 'run', ...flags], { cwd: project.root, env: { ...outside, ...env } });
}

const some = `
  test('runs', () => expect(1).toBe(1));
  test.skipIf(true)('needs something', () => {});
  describe.skipIf(true)('needs more', () => { test('a', () => {}); test('b', () => {}); });`;

test('skipped tests are counted in one line, with their file and what is missing', async () => {
  const { code, stdout } = await report(some, {
    PATH: '/nowhere',
    CHROMIUM_PATH: '/nowhere',
    FIREFOX_PATH: '/nowhere',
  });
  expect(stdout).toContain(
    '3 tests SKIPPED (a.test.ts: 3). Missing: Redis, Chromium, Firefox, curl; run "npm run setup".',
  );
  expect(code).toBe(0);
});

test('with CI=true skipped tests fail the run', async () => {
  const { code, stdout } = await report(some, { CI: 'true' });
  expect(stdout).toContain('3 tests SKIPPED');
  expect(code).toBe(1);
});

test('a run that skips nothing says nothing and succeeds', async () => {
  const { code, stdout } = await report("test('runs', () => expect(1).toBe(1));", { CI: 'true' });
  expect(stdout).not.toContain('SKIPPED');
  expect(code).toBe(0);
});

test('tests that -t leaves out are not counted', async () => {
  const { code, stdout } = await report(some, { CI: 'true' }, '-t', 'runs');
  expect(stdout).not.toContain('SKIPPED');
  expect(code).toBe(0);
});
