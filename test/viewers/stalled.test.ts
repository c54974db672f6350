import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { redisAvailable } from '../harness/redis-server.ts';
import { openRawViewer, type RawViewer, TRANSPORTS, type Transport } from './raw-viewer.ts';
import { STORES, startWatchedServer } from './watched-server.ts';

/** Of noise, which is about as much when it is deflated. */
const FRAME_BYTES = 90_000;
const NOISE = randomBytes((FRAME_BYTES * 3) / 4).toString('base64');
const BIG = `<svg xmlns="http://www.w3.org/2000/svg"><text>{{ n }}</text><!--${NOISE}--></svg>`;

/** Far more bytes than the sockets' buffers take while nobody reads. */
const WRITES = 400;
const STALLED_OF_EACH = 10;
const WARM_UP = 50;

async function open(port: number, transport: Transport, session: string): Promise<RawViewer> {
  const viewer = await openRawViewer(port, transport, session);
  onTestFinished(() => void viewer.socket.destroy());
  return viewer;
}

const openEach = (port: number, transports: readonly Transport[], session: string) =>
  Promise.all(transports.map((transport) => open(port, transport, session)));

describe.each(STORES)('on the %s store', (store) => {
  describe.skipIf(store === 'Redis' && !redisAvailable)('viewers that stop reading', () => {
    test('delay nobody, cost a bounded amount, and go on in order with the newest frame', async () => {
      const server = await startWatchedServer(store);
      await server.show('big', 0, BIG);
      const stalled = await openEach(
        server.port,
        TRANSPORTS.flatMap((transport) => Array<Transport>(STALLED_OF_EACH).fill(transport)),
        'big',
      );
      for (const { socket } of stalled) socket.pause();
      const reading = await openEach(server.port, TRANSPORTS, 'big');
      let before = 0;
      for (let n = 1; n <= WRITES; n += 1) {
        if (n === WARM_UP) before = await server.metric('process_resident_memory_bytes');
        await server.show('big', n);
        if (n % WARM_UP === 0) await Promise.all(reading.map((viewer) => viewer.until(n)));
      }
      const grown = (await server.metric('process_resident_memory_bytes')) - before;
      // The writes alone are 36 MB, which every viewer would have of its own over SSE and WebSocket.
      expect(grown / 1e6).toBeLessThan(200);

      for (const { socket } of stalled) socket.resume();
      await Promise.all(stalled.map((viewer) => viewer.until(WRITES)));
      for (const viewer of [...stalled, ...reading]) {
        expect(viewer.shown()).toEqual([...new Set(viewer.shown())].sort((a, b) => a - b));
      }
      for (const viewer of stalled) expect(viewer.shown().length).toBeLessThan(WRITES / 2);
    });

    test('are cut off after VIEWER_TIMEOUT, those whose session is silent are not', async () => {
      const server = await startWatchedServer(store, '--viewer-timeout', '2');
      await server.show('big', 0, BIG);
      await server.show('silent', 0, TEXT_TEMPLATE.replace('<text y="20">', '<text>'));
      const silent = await openEach(server.port, ['multipart', 'sse'], 'silent');
      const answersPings = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws');
      onTestFinished(() => answersPings.terminate());
      await once(answersPings, 'open');
      answersPings.send('{"type":"connection_init"}');
      await once(answersPings, 'message');
      const stalled = await openEach(server.port, TRANSPORTS, 'big');
      for (const { socket } of stalled) socket.pause();
      expect((await server.held()).viewers).toEqual({ multipart: 3, sse: 2, websocket: 2 });

      for (let n = 1; n <= 200; n += 1) await server.show('big', n);
      const left = {
        viewers: { multipart: 1, sse: 1, websocket: 1 },
        watchedSessions: 1,
        channels: store === 'Redis' ? 1 : null,
      };
      await expect.poll(server.held, { timeout: 20_000 }).toEqual(left);
      await server.show('silent', 1);
      await Promise.all(silent.map((viewer) => viewer.until(1)));
      expect(answersPings.readyState).toBe(WebSocket.OPEN);
    });
  });
});
