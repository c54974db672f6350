import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { isRedisUrl } from '../../src/config/redis-url.ts';

/** The setting as it is read from its flag; `refused` if it is. */
function read(name: string, ...argv: string[]): unknown {
  try {
    const invocation = readConfig({ argv, env: {}, cwd: '/nowhere' });
    return invocation.kind === 'serve' ? Reflect.get(invocation.config, name) : invocation.kind;
  } catch (error) {
    if (error instanceof ConfigError) return 'refused';
    throw error;
  }
}

test.each([
  ['::', '::'],
  ['[::1]', '::1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['0.0.0.0', '0.0.0.0'],
  ['my-box.example', 'my-box.example'],
  ['256.1.1.1', 'refused'],
  ['http://localhost', 'refused'],
  ['localhost:80', 'refused'],
  [' ', 'refused'],
])('host %j is %j', (text, value) => {
  expect(read('host', '--host', text)).toBe(value);
});

test.each([
  ['0', 0],
  ['65535', 65_535],
  ['65536', 'refused'],
  ['-1', 'refused'],
  ['1.5', 'refused'],
  ['0x50', 'refused'],
  ['80 ', 'refused'],
])('port %j is %j', (text, value) => {
  expect(read('port', '--port', text)).toBe(value);
});

test.each([
  ['1', 1],
  ['0', 'refused'],
  ['99999999999999999999', 'refused'],
])('maxFrameBytes %j is %j', (text, value) => {
  expect(read('maxFrameBytes', '--max-frame-bytes', text)).toBe(value);
});

test.each([
  [':memory:', ':memory:'],
  ['x/../y', '/nowhere/y'],
  ['/abs', '/abs'],
])('dataDir %j is %j', (text, value) => {
  expect(read('dataDir', '--data-dir', text)).toBe(value);
});

test.each([
  ['https://x.example', 'https://x.example'],
  ['https://X.example:443/', 'https://x.example'],
  ['http://x.example:8080/', 'http://x.example:8080'],
  ['https://x.example/pictures', 'refused'],
  ['x.example', 'refused'],
  ['ftp://x.example', 'refused'],
  ['https://x.example/?', 'refused'],
  ['https://x.example/#a', 'refused'],
  ['https://me:pw@x.example', 'refused'],
])('publicUrl %j is %j', (text, value) => {
  expect(read('publicUrl', '--public-url', text)).toBe(value);
});

test.each([
  ['*', '*'],
  ['https://a.example', ['https://a.example']],
  ['https://A.example:443, http://b.example:81/', ['https://a.example', 'http://b.example:81']],
  ['*, https://a.example', 'refused'],
  ['https://*.example', 'refused'],
  ['https://a.example/path', 'refused'],
  ['a.example', 'refused'],
  ['https://a.example,', 'refused'],
])('corsOrigins %j is %j', (text, value) => {
  expect(read('corsOrigins', '--cors-origins', text)).toEqual(value);
});

test.each([
  ['off', false],
  ['0', 0],
  ['2', 2],
  ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ['100', 'refused'],
  ['10.0.0.0/33', 'refused'],
  ['10.0.0.1/', 'refused'],
  ['proxy.example', 'refused'],
  ['1,10.0.0.1', 'refused'],
  ['on', 'refused'],
])('trustProxy %j is %j', (text, value) => {
  expect(read('trustProxy', '--trust-proxy', text)).toEqual(value);
});

test.each([
  ['0123456789abcdef', '0123456789abcdef'],
  ['a-long.token_with~all+of/them==', 'a-long.token_with~all+of/them=='],
  ['short', 'refused'],
  ['with a space in it', 'refused'],
])('metricsToken %j is %j', (text, value) => {
  expect(read('metricsToken', '--metrics-token', text)).toBe(value);
});

const BYTES = Buffer.alloc(32, 0xfb);

test.each([
  [BYTES.toString('hex'), 'understood'],
  [BYTES.toString('hex').toUpperCase(), 'understood'],
  [BYTES.toString('base64'), 'understood'],
  [BYTES.toString('base64url'), 'understood'],
  [BYTES.subarray(1).toString('hex'), 'refused'],
  [BYTES.subarray(1).toString('base64'), 'refused'],
  ['correct horse battery staple', 'refused'],
])('KEY_ENCRYPTION_KEY %j is %s, and in no message', (text, verdict) => {
  const make = () => readConfig({ argv: [], env: { KEY_ENCRYPTION_KEY: text }, cwd: '/nowhere' });
  if (verdict === 'understood') {
    expect(make()).toMatchObject({ config: { keyEncryptionKey: new Uint8Array(BYTES) } });
  } else {
    expect(make).toThrow(/KEY_ENCRYPTION_KEY is not understood.*32 bytes/);
    expect(make).not.toThrow(text);
  }
});

test('a key that encrypts others is no flag, for command lines are seen by others', () => {
  const text = BYTES.toString('hex');
  const make = () => readConfig({ argv: ['--key-encryption-key', text], env: {}, cwd: '/nowhere' });
  expect(make).toThrow('--key-encryption-key is no flag');
  expect(make).not.toThrow(text);
});

describe('demo', () => {
  test.each<[string[], boolean]>([
    [[], true],
    [['--host', 'localhost'], true],
    [['--host', '127.9.9.9'], true],
    [['--host', '::1'], true],
    [['--host', '::ffff:127.0.0.1'], true],
    [['--host', '0.0.0.0'], false],
    [['--host', '::'], false],
    [['--redis-url', 'redis://localhost'], false],
    [['--redis-url', 'redis://localhost', '--demo', 'on'], true],
    [['--demo', 'off'], false],
  ])('with %j is %j', (argv, on) => {
    expect(read('demo', ...argv)).toBe(on);
  });
});

describe('redisUrl', () => {
  test.each([
    'redis://localhost',
    'redis://localhost:6379/3',
    'redis://user:p%40ss@10.0.0.1:6380',
    'rediss://:pw@[::1]:6379/0',
    'redis://a:1,redis://b:2',
    'rediss://a:1, rediss://b:2/0',
    'redis+sentinel://h1,h2:26379/mymaster/0',
    'redis+sentinel://:pw@h1/mymaster',
  ])('may be %s', (text) => {
    expect(isRedisUrl(text)).toBe(true);
  });

  test.each([
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis://localhost/name',
    'redis://a:1,b:2',
    'redis://a:1,redis://b:2/1',
    'redis://a:1,',
    'redis://a b',
    'redis+sentinel://h1,h2',
    'redis+sentinel://h1,/mymaster',
    'redis+sentinel://h1/mymaster/first',
  ])('may not be %s', (text) => {
    expect(isRedisUrl(text)).toBe(false);
  });
});
