import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { startRedisServer } from '../harness/redis-server.ts';
import { startServer } from '../harness/server-process.ts';
import { exchange } from '../matrix/request.ts';

export const STORES = ['embedded', 'Redis'] as const;
export type Store = (typeof STORES)[number];

/** What one server holds for its viewers, as its operator sees it. */
export interface Held {
  readonly viewers: Readonly<Record<'multipart' | 'sse' | 'websocket', number>>;
  readonly watchedSessions: number;
  /** Subscriptions at Redis; null on the embedded store. */
  readonly channels: number | null;
}

/** A server in a process of its own on that store, and a look at what it holds. */
export async function startWatchedServer(store: Store, ...args: readonly string[]) {
  const redis = store === 'Redis' ? await startRedisServer() : null;
  const inspector = redis && new Redis(redis.port);
  onTestFinished(async () => {
    inspector?.disconnect();
    await redis?.dispose();
  });
  const place = redis === null ? ['--data-dir', ':memory:'] : ['--redis-url', redis.url];
  const server = await startServer(...place, '--demo', 'off', '--max-viewers', '5000', ...args);

  async function metric(name: string): Promise<number> {
    const { text } = await exchange(server.port, { method: 'GET', path: '/metrics' });
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    if (line === undefined) throw new Error(`no ${name} in ${text}`);
    return Number(line.split(' ').at(-1));
  }

  return {
    ...server,
    metric,
    async held(): Promise<Held> {
      const viewers = (transport: string) => metric(`rsvg_viewers{transport="${transport}"}`);
      return {
        viewers: {
          multipart: await viewers('multipart'),
          sse: await viewers('sse'),
          websocket: await viewers('websocket'),
        },
        watchedSessions: await metric('rsvg_watched_sessions'),
        channels: inspector && ((await inspector.pubsub('CHANNELS', 'rsvg:frames:*')) as string[]).length,
      };
    },
    /** Creates the session, or changes it, so that its picture shows this number. */
    async show(session: string, n: number, template?: string) {
      const headers = { 'content-type': 'application/json' };
      const { status } = await exchange(
        server.port,
        template === undefined
          ? { method: 'PUT', path: `/api/session/${session}`, headers, body: JSON.stringify({ args: { n } }) }
          : {
              method: 'POST',
              path: '/api/session',
              headers,
              body: JSON.stringify({ session_id: session, template, args: { n } }),
            },
      );
      if (status >= 300) throw new Error(`${session} was refused: ${status}`);
    },
  };
}

/** What a server holds once the last viewer has left. */
export const nothingHeld = (store: Store): Held => ({
  viewers: { multipart: 0, sse: 0, websocket: 0 },
  watchedSessions: 0,
  channels: store === 'Redis' ? 0 : null,
});
