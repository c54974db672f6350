import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { Config } from '../../src/config/settings.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'rsvg-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

function config(argv: string[] = [], env: Record<string, string> = {}): Config {
  const invocation = readConfig({ argv, env, cwd });
  if (invocation.kind !== 'serve') throw new Error(`asked for ${invocation.kind}`);
  return invocation.config;
}

function refusal(argv: string[] = [], env: Record<string, string> = {}): ConfigError {
  try {
    config(argv, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('without any source every setting has its documented default', () => {
  expect(config()).toEqual({
    host: '127.0.0.1',
    port: 3000,
    redisUrl: null,
    dataDir: join(cwd, 'data'),
    logLevel: 'info',
    publicUrl: null,
    rateLimits: true,
    signup: 'open',
    publicSessions: true,
    corsOrigins: '*',
    trustProxy: false,
    tlsCert: null,
    tlsKey: null,
    metrics: true,
    metricsToken: null,
    keyEncryptionKey: null,
    keyEncryptionKeyPrevious: null,
    demo: true,
    maxTemplateBytes: 262_144,
    maxArgsBytes: 1_048_576,
    maxFrameBytes: 2_097_152,
    maxSessionsPerUser: 10_000,
    maxPublicSessions: 10_000,
    maxBytesPerUser: 268_435_456,
    maxViewers: Math.floor(Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })) * 0.8),
    viewerTimeout: 60,
  });
});

describe('precedence', () => {
  test('flag beats environment beats .env beats config.yaml', () => {
    write('config.yaml', 'port: 4\n');
    expect(config().port).toBe(4);
    write('.env', 'PORT=3\n');
    expect(config().port).toBe(3);
    expect(config([], { PORT: '2' }).port).toBe(2);
    expect(config(['--port', '1'], { PORT: '2' }).port).toBe(1);
    expect(config(['--port=0'], { PORT: '2' }).port).toBe(0);
  });

  test('an empty environment value counts as unset, so the next source is asked', () => {
    write('.env', 'PORT=\nHOST=\n');
    write('config.yaml', 'port: 4\nhost:\n');
    expect(config([], { PORT: '', REDIS_URL: '' })).toMatchObject({ port: 4, host: '127.0.0.1', redisUrl: null });
  });

  test('of a repeated flag the last one counts', () => {
    expect(config(['--port', '1', '--port', '2']).port).toBe(2);
  });
});

describe('config.yaml', () => {
  test('values mean what they mean as a flag: no number is rounded, on is on, a list is a list', () => {
    write('config.yaml', 'dataDir: 1.10\ndemo: off\ncorsOrigins:\n  - https://a.example\n  - http://b.example:81\n');
    expect(config()).toMatchObject({
      dataDir: join(cwd, '1.10'),
      demo: false,
      corsOrigins: ['https://a.example', 'http://b.example:81'],
    });
  });

  test.each([
    ['prot: 1', '"prot" in config.yaml is no setting; did you mean "port"?'],
    ['redis-url: redis://h', '"redis-url" in config.yaml is no setting; did you mean "redisUrl"?'],
    ['constructor: 1', '"constructor" in config.yaml is no setting'],
    ['port: {a: 1}', 'port in config.yaml is neither one value nor a list of values'],
    ['port', 'config.yaml is no list of lines such as "port: 3000"'],
    ['port: 1\nport: 2', 'config.yaml is no valid YAML in line 2, column 1: duplicate key'],
  ])('%j is a mistake', (text, mistake) => {
    write('config.yaml', text);
    expect(refusal().mistakes).toEqual([mistake]);
  });

  test('an empty one says nothing', () => {
    write('config.yaml', '# nothing yet\n');
    expect(config().port).toBe(3000);
  });
});

describe('flags', () => {
  test.each<[string[], string[]]>([
    [['--prot', '1'], ['--prot is no flag; did you mean --port?']],
    [['--zzzzzz=1'], ['--zzzzzz is no flag']],
    [['-p', '1'], ['-p is no flag']],
    [['--port', '--host', '::1'], ['--port lacks its value']],
    [['--demo'], ['--demo lacks its value']],
    [['8080'], ['an argument on the command line stands alone; every value follows its flag']],
    [['--host='], ['--host is ""; it may be a host name or an IP address, without port']],
  ])('%j is a mistake', (argv, mistakes) => {
    expect(refusal(argv).mistakes).toEqual(mistakes);
  });

  test.each([
    [['keys', '--help'], 'keys rotate --now'],
    [['keys', 'rotate', '--help'], 'keys rotate --now'],
    [['keys', 'rotate', '--now', '-h'], 'keys rotate --now'],
    [['user', '--help'], 'user passwd <user id>'],
    [['user', 'add', '--help'], 'user passwd <user id>'],
    [['user', 'role', 'alice', '-h'], 'user passwd <user id>'],
  ])('%j is answered with what can follow it, and nothing is done', (argv, words) => {
    const help = readConfig({ argv, env: {}, cwd });
    expect(help.kind).toBe('help');
    expect(help).toHaveProperty('text', expect.stringContaining(words));
  });

  test('--help lists every flag and its variable, whatever else is wrong', () => {
    const help = readConfig({ argv: ['--port', 'x', '--help'], env: {}, cwd });
    expect(help.kind).toBe('help');
    expect(help).toHaveProperty('text', expect.stringMatching(/--redis-url {3}REDIS_URL.*--max-frame-bytes/s));
  });

  test('--version is the version of package.json', () => {
    expect(readConfig({ argv: ['-v'], env: {}, cwd })).toEqual({
      kind: 'version',
      text: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });
});

test('every mistake of every source is in one message, with what it was and what it may be', () => {
  write('.env', 'LOG_LEVEL=loud\n');
  write('config.yaml', 'maxArgsBytes: 1e6\ncolour: red\n');
  const { message } = refusal(['--port', '70000', '--prot', '1'], { HOST: '127.0.0.1:80', DEMO: 'yes' });
  expect(message).toBe(`7 mistakes:
  --prot is no flag; did you mean --port?
  "colour" in config.yaml is no setting
  HOST is "127.0.0.1:80"; it may be a host name or an IP address, without port
  --port is "70000"; it may be a whole number from 0 to 65535
  LOG_LEVEL in .env is "loud"; it may be trace, debug, info, warn, error, fatal or silent
  DEMO is "yes"; it may be on or off
  maxArgsBytes in config.yaml is "1e6"; it may be a whole number, 1 or more
All settings: --help`);
});

describe('a password is in no message', () => {
  const url = 'redsi://:hunter2@cache:6379';

  test.each<[string, string[], Record<string, string>]>([
    ['as the value of its flag', ['--redis-url', url], {}],
    ['in the environment', [], { REDIS_URL: url }],
    ['in another setting', ['--host', url], {}],
    ['after a mistyped flag', ['--redis-ulr', url], {}],
    ['in a mistyped flag', [`--redis-ulr=${url}`], {}],
    ['glued to its flag', [`--redis-url${url}`], {}],
    ['without a flag', [url], {}],
  ])('%s', (_, argv, env) => {
    expect(refusal(argv, env).message).not.toContain('hunter2');
  });

  test.each([
    `redisUrl: ${url}`,
    `redisUrl:${url}: 1`,
    `redisUrl:${url}\nport: 1`,
    `redisUrl: "${url}" ${url}`,
    `redisUrl: [${url}`,
    url,
  ])('in config.yaml as %j', (text) => {
    write('config.yaml', text);
    expect(refusal().message).not.toContain('hunter2');
  });
});

test('a source that exists but cannot be read is a mistake, not a default', () => {
  mkdirSync(join(cwd, '.env'));
  mkdirSync(join(cwd, 'config.yaml'));
  expect(refusal().mistakes).toEqual(['.env cannot be read: EISDIR', 'config.yaml cannot be read: EISDIR']);
});
