import { describe, expect, test } from 'vitest';
import { describeTarget, parseRedisUrl } from '../../src/storage/redis/redis-url.ts';

const plain = { kind: 'server', masterName: null, db: 0, username: null, password: null, tls: false };

describe('a Redis URL', () => {
  test.each([
    ['redis://localhost', { nodes: [{ host: 'localhost', port: 6379 }] }],
    ['redis://localhost:7000/', { nodes: [{ host: 'localhost', port: 7000 }] }],
    ['redis://10.0.0.1/3', { nodes: [{ host: '10.0.0.1', port: 6379 }], db: 3 }],
    ['redis://[::1]:7000/1', { nodes: [{ host: '::1', port: 7000 }], db: 1 }],
    ['rediss://h', { nodes: [{ host: 'h', port: 6379 }], tls: true }],
    ['redis://:secret@h', { nodes: [{ host: 'h', port: 6379 }], password: 'secret' }],
    ['redis://me:p%40%2C%2F%3A@h', { nodes: [{ host: 'h', port: 6379 }], username: 'me', password: 'p@,/:' }],
    ['redis://me@h', { nodes: [{ host: 'h', port: 6379 }], username: 'me' }],
  ])('%s names one server', (url, part) => {
    expect(parseRedisUrl(url)).toEqual({ ...plain, ...part });
  });

  test.each([
    'redis://u:p@a:7000,b',
    'redis://u:p@a:7000,redis://b:6379',
    'redis://u:p@a:7000, redis://u:p@b',
    'redis://a:7000,redis://u:p@b/0',
  ])('%s names a cluster', (url) => {
    const nodes = [
      { host: 'a', port: 7000 },
      { host: 'b', port: 6379 },
    ];
    expect(parseRedisUrl(url)).toEqual({ ...plain, kind: 'cluster', nodes, username: 'u', password: 'p' });
  });

  test.each([
    ['redis+sentinel://h1,h2/mymaster/0', 0],
    ['redis+sentinel://h1:26379,h2:26379/mymaster', 0],
    ['redis+sentinel://h1,h2/mymaster/2', 2],
  ])('%s names sentinels', (url, db) => {
    const nodes = [
      { host: 'h1', port: 26379 },
      { host: 'h2', port: 26379 },
    ];
    expect(parseRedisUrl(url)).toEqual({ ...plain, kind: 'sentinel', nodes, masterName: 'mymaster', db });
  });

  test.each([
    '',
    'localhost:6379',
    'http://h',
    'redis://',
    'redis:///0',
    'redis://h:0',
    'redis://h:65536',
    'redis://h:port',
    'redis://h/x',
    'redis://h/0/1',
    'redis://h?family=6',
    'redis://a,,b',
    'redis://a,b/1',
    'redis://a,rediss://b',
    'redis+sentinel://h1,h2',
    'redis+sentinel://h1/m/x',
    'redis://u:p%zz@h',
  ])('%j is refused', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  test.each(['redis://u:hunter2@h:bad', 'redis://u:hunter2@', 'foo://u:hunter2@h', 'redis://u:hun/ter2@h,b'])(
    'the refusal of %s repeats no password',
    (url) => {
      expect(() => parseRedisUrl(url)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('ter2') }),
      );
    },
  );

  test.each([
    ['redis://u:hunter2@h', 'Redis at h:6379'],
    ['rediss://:hunter2@[::1]/2', 'Redis at [::1]:6379, database 2, over TLS'],
    ['redis://u:hunter2@a,b:7000', 'Redis Cluster at a:6379, b:7000'],
    ['redis+sentinel://u:hunter2@a,b/main', 'Redis "main" behind the sentinels a:26379, b:26379'],
  ])('%s is described as %s', (url, description) => {
    expect(describeTarget(parseRedisUrl(url))).toBe(description);
  });
});
