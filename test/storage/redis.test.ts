import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Quotas } from '../../src/storage/quotas.ts';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { type RedisServer, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { startRedisCluster } from '../harness/redis-topologies.ts';
import { silentLog } from '../harness/silent-log.ts';
import { accountStoreContract } from './account-store.contract.ts';
import { apiKeyStoreContract } from './api-key-store.contract.ts';
import { type Backend, only } from './backend.ts';
import { denialStoreContract } from './denial-store.contract.ts';
import { keyStoreContract } from './key-store.contract.ts';
import { limitStoreContract } from './limit-store.contract.ts';
import { linkKeyStoreContract } from './link-key-store.contract.ts';
import { sessionAccessContract } from './session-access.contract.ts';
import { sessionListContract } from './session-list.contract.ts';
import { sessionNamesContract } from './session-names.contract.ts';
import { sessionQuotasContract } from './session-quotas.contract.ts';
import { sessionSearchContract } from './session-search.contract.ts';
import { sessionStoreContract } from './session-store.contract.ts';
import { sessionWatchContract } from './session-watch.contract.ts';
import { signInStoreContract } from './sign-in-store.contract.ts';

const topologies = [
  ['one Redis server', () => startRedisServer()],
  ['a Redis Cluster', () => startRedisCluster()],
] as const;

describe.skipIf(!redisAvailable).each(topologies)('on %s', (_, start) => {
  let server: RedisServer;
  let inspector: Redis;
  const leftovers: (() => unknown)[] = [];

  beforeAll(async () => {
    server = await start();
    inspector = new Redis(server.port);
  });
  afterAll(async () => {
    inspector.disconnect();
    await server.dispose();
  });
  afterEach(async () => {
    for (const dispose of leftovers.splice(0).reverse()) await dispose();
  });

  async function openStore(quotas: Partial<Quotas> = {}) {
    const storage = await openRedisStorage({ url: server.url, log: silentLog, quotas: only(quotas) });
    leftovers.push(() => storage.close());
    return storage;
  }

  const backend: Backend = {
    async fresh(quotas) {
      await inspector.flushall();
      return openStore(quotas);
    },
    again: openStore,
    async untilExpired(sessions, id) {
      await expect.poll(() => sessions.stamps([id]), { interval: 10 }).toEqual([null]);
    },
    async later(ms) {
      const millis = async () => {
        const [seconds, micros] = await inspector.time();
        return Number(seconds) * 1000 + Number(micros) / 1000;
      };
      const end = (await millis()) + ms;
      await expect.poll(millis, { interval: 10 }).toBeGreaterThan(end);
    },
  };

  describe('sessions', () => {
    sessionStoreContract(backend);
    sessionNamesContract(backend);
    sessionListContract(backend);
    sessionSearchContract(backend);
    sessionWatchContract(backend);
    sessionAccessContract(backend);
    sessionQuotasContract(backend);
  });
  describe('accounts', () => accountStoreContract(backend));
  describe('sign-ins', () => signInStoreContract(backend));
  describe('API keys', () => apiKeyStoreContract(backend));
  describe('denials', () => denialStoreContract(backend));
  describe('keys', () => keyStoreContract(backend));
  describe('link key', () => linkKeyStoreContract(backend));
  describe('limits', () => limitStoreContract(backend, { twoHandles: true }));
});
