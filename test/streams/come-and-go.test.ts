import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { rawRequest } from '../harness/multipart-reader.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';

const ROUNDS = 100;
const QUERY = 'subscription { frames(sessionId: "s") { version svg } }';
const SSE = `/graphql?query=${encodeURIComponent(QUERY)}`;

/** A viewer that leaves at one of three moments: before its request is answered, with the head, after some bytes. */
function passingRequest(port: number, path: string, headers: readonly string[], round: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(rawRequest(path, headers), () => {
        if (round % 3 === 0) socket.destroy();
      });
    });
    socket.once('data', () => (round % 3 === 1 ? socket.resetAndDestroy() : socket.destroy()));
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });
}

function passingWebSocket(url: string, round: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http:', 'ws:').concat('/graphql'), 'graphql-transport-ws');
    socket.on('error', () => {});
    socket.once('close', () => resolve());
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('message', (data) => {
      if (JSON.parse(String(data)).type === 'next') return socket.close();
      const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } });
      socket.send(subscribe, () => {
        if (round % 2 === 0) socket.terminate();
      });
    });
  });
}

const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

test.skipIf(!redisAvailable)(
  'viewers that come and leave at every moment leave no socket and no subscription behind',
  async () => {
    const redis = await startRedisServer();
    onTestFinished(redis.dispose);
    const inspector = new Redis(redis.port);
    onTestFinished(() => inspector.disconnect());
    const app = await appForTest({ redisUrl: redis.url });
    await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE, args: { n: 1 } });
    const channels = () => inspector.pubsub('CHANNELS', 'rsvg:frames:*');
    const before = { channels: await channels(), sockets: sockets() };

    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all([
        passingRequest(app.port, '/stream/s', [], round),
        passingRequest(app.port, '/stream/s', AS_AN_IMAGE, round),
        passingRequest(app.port, SSE, ['Accept: text/event-stream'], round),
        passingWebSocket(app.url, round),
      ]);
    }
    const left = async () => ({ channels: await channels(), sockets: Math.min(sockets(), before.sockets) });
    await expect.poll(left, { timeout: 5000 }).toEqual(before);
    await expect.poll(() => sockets(), { timeout: 5000 }).toBeLessThanOrEqual(before.sockets);
    expect((await call(app.url, 'GET', '/snapshot/s')).status).toBe(200);
  },
);
