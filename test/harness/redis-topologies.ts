import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, type RedisServer, spawnRedis, startRedisServer } from './redis-server.ts';

/** A Redis Cluster of one node that has all slots: CROSSSLOT and its protocol are as in a large one. */
export async function startRedisCluster(): Promise<RedisServer> {
  // A node that met no other does not know its own address, and ioredis ignores nodes without one.
  const args = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
  const server = await startRedisServer({ args, port: await clusterPort() });
  await asking(server, async (client) => {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16383);
    while (!(await client.cluster('INFO')).includes('cluster_state:ok')) await new Promise(setImmediate);
  });
  return { ...server, url: `redis://127.0.0.1:${server.port},127.0.0.1:${server.port}` };
}

/** A master with one replica, watched by one sentinel. */
export async function startSentinel() {
  const disposers: (() => unknown)[] = [];
  const dispose = async () => {
    for (const one of disposers.splice(0).reverse()) await one();
  };
  try {
    const master = await startRedisServer({ args: ['--repl-diskless-sync-delay', '0'] });
    disposers.push(master.dispose);
    const replica = await startRedisServer({ args: ['--replicaof', '127.0.0.1', String(master.port)] });
    disposers.push(replica.dispose);
    // A sentinel asks its master for replicas at once, and then only every ten seconds.
    await asking(replica, async (client) => {
      while (!(await client.info('replication')).includes('master_link_status:up')) await new Promise(setImmediate);
    });
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'sentinel-test-'));
    disposers.push(() => rmSync(folder, { recursive: true, force: true }));
    const config = [
      `port ${port}`,
      `dir ${folder}`,
      `sentinel monitor mymaster 127.0.0.1 ${master.port} 1`,
      'sentinel down-after-milliseconds mymaster 500',
    ];
    writeFileSync(join(folder, 'sentinel.conf'), `${config.join('\n')}\n`);
    const child = await spawnRedis([join(folder, 'sentinel.conf'), '--sentinel'], port);
    disposers.push(() => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      return ended;
    });
    return { url: `redis+sentinel://127.0.0.1:${port}/mymaster/0`, port, master, replica, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function asking(server: RedisServer, ask: (client: Redis) => Promise<void>): Promise<void> {
  const client = new Redis(server.port);
  try {
    await ask(client);
  } finally {
    client.disconnect();
  }
}

/** The bus of a cluster node listens 10000 above its port. */
async function clusterPort(): Promise<number> {
  while (true) {
    const port = await freePort();
    if (port <= 55_535) return port;
  }
}
