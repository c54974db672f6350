import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { freePort, type RedisServerOptions, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { begin, open, owned, push, recordingWatcher } from './backend.ts';

const id = owned('alice', 'card');
const unavailable = { code: 'UNAVAILABLE' };

// A promise that nobody handles fails the run: vitest reports it as an error of its own.
describe.skipIf(!redisAvailable)('when Redis is away', () => {
  const leftovers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const dispose of leftovers.splice(0).reverse()) await dispose();
  });

  async function startServer(options: RedisServerOptions = {}) {
    const server = await startRedisServer(options);
    leftovers.push(() => server.dispose());
    return server;
  }

  async function openStore(url: string) {
    const lines: string[] = [];
    const level = (name: string) => (fields: object, message: string) =>
      void lines.push(`${name} ${message} ${JSON.stringify(fields)}`);
    const log = { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
    const storage = await openRedisStorage({ url, log });
    leftovers.push(() => storage.close());
    const untilAnswers = () => expect.poll(() => storage.ping().then(() => true)).toBe(true);
    return { ...storage, lines, untilAnswers };
  }

  test('the store opens before Redis does, says UNAVAILABLE, and finds it later', async () => {
    const port = await freePort();
    const storage = await openStore(`redis://me:hunter2@127.0.0.1:${port}`);
    await expect(storage.ping()).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.get(id)).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.watch(id, recordingWatcher().watcher)).rejects.toMatchObject(unavailable);
    await startServer({ port, args: ['--user', 'me', 'on', '>hunter2', '~*', '&*', '+@all'] });
    await storage.untilAnswers();
    expect((await storage.sessions.write(begin(id))).written).toBe(true);
    expect(storage.lines.join()).not.toContain('hunter2');
    expect(storage.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    expect(storage.lines.filter((line) => line.startsWith('info'))).toHaveLength(1);
    expect(storage.description).not.toContain('hunter2');
  });

  test('a wrong password is UNAVAILABLE, told once in the log, and not repeated anywhere', async () => {
    const server = await startServer({ args: ['--requirepass', 'right'] });
    const storage = await openStore(`redis://:hunter2@127.0.0.1:${server.port}`);
    const refused = await storage.ping().catch((error) => error);
    expect(refused).toMatchObject(unavailable);
    await expect(storage.sessions.watch(id, recordingWatcher().watcher)).rejects.toMatchObject(unavailable);
    expect(refused.message + storage.lines.join()).not.toContain('hunter2');
    expect(storage.lines.filter((line) => line.includes('WRONGPASS'))).toHaveLength(1);
  });

  test('watchers survive an outage, may come and go in it, and are told what they missed', async () => {
    const server = await startServer({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] });
    const storage = await openStore(server.url);
    const [stays, leaves, ended] = [recordingWatcher(), recordingWatcher(), recordingWatcher()];
    const doomed = open('doomed');
    await storage.sessions.watch(id, stays.watcher);
    const leave = await storage.sessions.watch(owned('alice', 'other'), leaves.watcher);
    await storage.sessions.watch(doomed, ended.watcher);
    await storage.sessions.write(begin(id));
    await storage.sessions.write(begin(doomed));
    await Promise.all([stays.untilVersion(1), ended.untilVersion(1)]);

    await server.stop();
    await expect.poll(() => storage.lines.length).toBeGreaterThan(0);
    await expect(storage.sessions.watch(id, recordingWatcher().watcher)).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.write(push(id, 1, 2))).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.stamps([id])).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.list('alice', { first: 1 })).rejects.toMatchObject(unavailable);
    await expect(storage.accounts.find('alice')).rejects.toMatchObject(unavailable);
    await expect(storage.keys.offer('{}')).rejects.toMatchObject(unavailable);
    leave();

    // Redis is back for others first: what they do now, the watchers could not hear.
    await server.restart();
    const other = await openRedisStorage({ url: server.url, log: silentLog });
    leftovers.push(() => other.close());
    await other.sessions.write(push(id, 1, 2));
    await other.sessions.delete(doomed);
    await Promise.all([stays.untilVersion(2), ended.untilGone()]);
    expect(ended.ended).toContain('e1');

    await storage.untilAnswers();
    await other.sessions.write(push(id, 1, 3));
    await stays.untilVersion(3);
    const inspector = new Redis(server.url);
    leftovers.push(() => inspector.disconnect());
    await expect.poll(() => inspector.pubsub('CHANNELS', '*')).toHaveLength(2);
    expect(leaves.frames).toEqual([]);
    expect(storage.lines.map((line) => line.split(' ')[0])).toEqual(['warn', 'info']);
  });

  test('a subscriber that was cut off alone hears again, and reads what it missed', async () => {
    const server = await startServer();
    const storage = await openStore(server.url);
    const inspector = new Redis(server.url);
    leftovers.push(() => inspector.disconnect());
    const seen = recordingWatcher();
    await storage.sessions.watch(id, seen.watcher);
    for (let n = 1; n < 6; n += 1) {
      await inspector.client('KILL', 'TYPE', 'pubsub');
      await inspector.publish('rsvg:frames:0:{u:alice}:card', `e1 gone`);
      const write = n === 1 ? begin(id) : push(id, 1, n);
      await storage.sessions.write(write);
      await seen.untilVersion(n);
    }
    expect(seen.ended).toEqual([]);
  });

  test('a write whose answer is lost is never sent twice', async () => {
    const server = await startServer();
    const storage = await openStore(server.url);
    const inspector = new Redis(server.url);
    leftovers.push(() => inspector.disconnect());
    await inspector.client('PAUSE', 5000, 'WRITE');
    const write = storage.sessions.write(begin(id)).catch((error) => error);
    await expect.poll(() => inspector.info('clients')).toContain('blocked_clients:1');
    await inspector.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await storage.untilAnswers();
    await inspector.client('UNPAUSE');
    expect(await write).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('may have been made') });
    expect(await inspector.info('commandstats')).not.toContain('cmdstat_hset');
  });

  test('a Redis that does not answer is UNAVAILABLE after two seconds', async () => {
    const server = await startServer();
    const storage = await openStore(server.url);
    const inspector = new Redis(server.url);
    leftovers.push(() => inspector.disconnect());
    await inspector.client('PAUSE', 2500, 'ALL');
    const watching = storage.sessions.watch(id, recordingWatcher().watcher);
    await expect(Promise.all([storage.ping(), watching])).rejects.toMatchObject(unavailable);
    await expect(watching).rejects.toMatchObject(unavailable);
    await storage.untilAnswers();
    const seen = recordingWatcher();
    await expect.poll(() => storage.sessions.watch(id, seen.watcher).then(() => true)).toBe(true);
    await storage.sessions.write(begin(id));
    await seen.untilVersion(1);
  });

  test('who may not subscribe is told so, and the process lives on', async () => {
    const server = await startServer({ args: ['--user', 'me', 'on', '>pw', '~*', 'resetchannels', '+@all'] });
    const storage = await openStore(`redis://me:pw@127.0.0.1:${server.port}`);
    for (let n = 0; n < 3; n += 1) {
      const watching = [recordingWatcher(), recordingWatcher()].map(({ watcher }) =>
        storage.sessions.watch(id, watcher),
      );
      for (const answer of await Promise.allSettled(watching)) expect(answer).toMatchObject({ reason: unavailable });
    }
    expect(await storage.sessions.get(id)).toBeNull();
  });

  test('closing with everything under way leaves nothing behind', async () => {
    const server = await startServer();
    const storage = await openStore(server.url);
    const inspector = new Redis(server.url);
    leftovers.push(() => inspector.disconnect());
    await storage.sessions.watch(open('a'), recordingWatcher().watcher);
    const watching = storage.sessions.watch(open('b'), recordingWatcher().watcher).catch((error) => error);
    const writing = storage.sessions.write(begin(id));
    await storage.close();
    expect((await writing).written).toBe(true);
    await watching;
    await expect(storage.sessions.get(id)).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.watch(id, recordingWatcher().watcher)).rejects.toMatchObject(unavailable);
    await expect
      .poll(async () =>
        String(await inspector.client('LIST'))
          .trim()
          .split('\n'),
      )
      .toHaveLength(1);
  });
});
