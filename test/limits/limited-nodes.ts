import { onTestFinished } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest, type RunningApp } from '../harness/app.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';

/** Servers with rate limits on one store: one of the embedded store, two on one Redis. */
export const DEPLOYMENTS = [
  ['the embedded store', false],
  ['two servers on one Redis', true],
] as const;

export const skipped = (onRedis: boolean) => onRedis && !redisAvailable;

/** Behind a proxy, so that a test says where it comes from. */
const config = { rateLimits: true, trustProxy: 1 } as const;

export async function limitedNodes(onRedis: boolean): Promise<readonly [RunningApp, RunningApp]> {
  if (!onRedis) {
    const app = await appForTest(config);
    return [app, app];
  }
  const redis = await startRedisServer();
  onTestFinished(() => redis.dispose());
  const one = await appForTest({ ...config, redisUrl: redis.url });
  return [one, await appForTest({ ...config, redisUrl: redis.url })];
}

export const from = (address: string) => ({ 'x-forwarded-for': address });

export const PASSWORD = 'correct horse';

/** Signs in, or claims the id. */
export function signIn(app: RunningApp, userId: string, address: string, password = PASSWORD) {
  return call(app.url, 'POST', '/api/auth/token', { user_id: userId, password }, from(address));
}
