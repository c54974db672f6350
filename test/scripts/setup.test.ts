import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findChromium, findFirefox, inCi } from '../../scripts/test-needs.mjs';
import { run } from './fixture-project.ts';

const setupScript = fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** A PATH of its own, so that the test decides what this machine has. */
let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'rsvg-bin-'));
  onTestFinished(() => rmSync(bin, { recursive: true, force: true }));
});

function program(name: string, script = ''): string {
  const path = join(bin, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const setup = (env: Record<string, string> = {}) =>
  run(process.execPath, [setupScript], { cwd: bin, env: { PATH: bin, ...env } });

test('with everything there, setup says where in one line each and does nothing', async () => {
  const redis = program('redis-server');
  const chromium = program('google-chrome');
  const firefox = program('firefox');
  const curl = program('curl');
  expect(await setup({ CI: 'true' })).toEqual({
    code: 0,
    stdout: `Redis: ${redis}\nChromium: ${chromium}\nFirefox: ${firefox}\ncurl: ${curl}\n`,
    stderr: '',
  });
});

describe('on a system without apt-get', () => {
  test('setup names what is missing and succeeds, since the tests then skip it loudly', async () => {
    const browser = program('chromium');
    program('firefox');
    program('curl');
    const { code, stdout } = await setup();
    expect(code).toBe(0);
    expect(stdout).toContain(`Redis: missing\nChromium: ${browser}\n`);
    expect(stdout).toMatch(process.platform === 'darwin' ? /brew install redis\n/ : /packages: redis-server\n/);
  });

  test('setup fails in CI, where nothing may be skipped', async () => {
    expect(await setup({ CI: 'true' })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Chromium: missing\nFirefox: missing'),
    });
  });
});

describe('on Debian', () => {
  /** Writes down how it was called, and installs Redis alone. */
  function aptGet(): string {
    const log = join(bin, 'log');
    const redis = join(bin, 'redis-server');
    const make = `echo '#!/bin/sh' > ${redis}; /bin/chmod 755 ${redis}`;
    const install = `case "$*" in *redis-server*) ${make};; esac`;
    program('apt-get', `echo "$DEBIAN_FRONTEND $*" >> ${log}\n${install}`);
    return log;
  }

  test('root gets the packages one by one and hears what did not come; others are told the command', async () => {
    const log = aptGet();
    const { code, stdout } = await setup({ CI: 'true' });
    expect(code).toBe(1);
    if (isRoot) {
      const calls = readFileSync(log, 'utf8').split('\n');
      expect(calls[0]).toBe('noninteractive update -q');
      expect(calls).toContain('noninteractive install -q -y --no-install-recommends redis-server');
      expect(calls).toContain('noninteractive install -q -y --no-install-recommends chromium');
      expect(calls).toContain('noninteractive install -q -y --no-install-recommends firefox-esr');
      expect(stdout).toContain(`Redis: ${join(bin, 'redis-server')}\nChromium: missing`);
    } else {
      expect(existsSync(log)).toBe(false);
      expect(stdout).toMatch(/sudo apt-get update && sudo apt-get install .* redis-server chromium firefox-esr/);
    }
  });
});

test.each([
  ['CHROMIUM_PATH', 'chromium', findChromium],
  ['FIREFOX_PATH', 'firefox-esr', findFirefox],
])('%s overrides the search, also when it is wrong', (variable, usual, find) => {
  const browser = program('my-browser');
  program(usual);
  expect(find({ PATH: bin, [variable]: browser })).toBe(browser);
  expect(find({ PATH: bin, [variable]: join(bin, 'nothing') })).toBeNull();
  expect(find({ PATH: bin })).toBe(join(bin, usual));
});

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['', false],
])('CI=%j means CI: %j', (CI, means) => {
  expect(inCi({ CI })).toBe(means);
});
