import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { redisAvailable } from '../harness/redis-server.ts';
import { createStreamBody } from '../harness/stream-body.ts';
import { requestOf, TRANSPORTS, type Transport, webSocketWatch } from './raw-viewer.ts';
import { nothingHeld, STORES, startWatchedServer } from './watched-server.ts';

const SECONDS = 3;
const PER_SECOND = 1000;
const TICK_MS = 10;
const SESSIONS = 5;

/** Bytes of the answer after which a viewer leaves in the middle of a frame: more than the head, less than a frame more. */
const MID_FRAME_BYTES = 1200;

/** When a viewer leaves. */
const PHASES = [
  'once connected',
  'half a request later',
  'once it has asked',
  'at the first byte',
  'in the middle of a frame',
  'after a frame',
] as const;
type Phase = (typeof PHASES)[number];

type Leave = (socket: Socket) => void;

const WAYS: readonly Leave[] = [
  (socket) => void socket.end().resume(),
  (socket) => void socket.destroy(),
  (socket) => void socket.resetAndDestroy(),
];

/** Resolves when the socket has closed. */
async function passBy(port: number, transport: Transport, session: string, phase: Phase, leave: Leave): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // A reset is answered by one, and a full backlog refuses: both are what a storm is like.
  socket.on('error', () => {});
  const toSay = transport === 'websocket' ? [...webSocketWatch(session)] : [];
  let received = '';
  function read(text: string) {
    received += text;
    const [next] = toSay;
    if (next !== undefined && received.includes(next.after)) socket.write(toSay.shift()?.message ?? '');
    const isOver =
      phase === 'at the first byte' ||
      (phase === 'in the middle of a frame' && received.length > MID_FRAME_BYTES) ||
      received.includes('</text>');
    if (isOver) leave(socket);
  }
  const body = createStreamBody({ onHead: (head) => read(`${head}\r\n\r\n`), onText: read });
  socket.on('data', body.push);
  await Promise.race([once(socket, 'connect').catch(() => {}), closed]);
  const request = requestOf[transport](session);
  if (phase === 'once connected') leave(socket);
  else if (phase === 'half a request later') socket.write(request.slice(0, request.length / 2), () => leave(socket));
  else socket.write(request, () => phase === 'once it has asked' && leave(socket));
  await closed;
}

/** Every combination of what there is, one after the other. */
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

describe.each(STORES)('on the %s store', (store) => {
  test.skipIf(store === 'Redis' && !redisAvailable)(
    'a thousand viewers a second that leave in every phase leave nothing behind',
    async () => {
      const server = await startWatchedServer(store);
      const template = TEXT_TEMPLATE.replace('<text', `<!--${randomBytes(2250).toString('base64')}--><text`);
      for (let session = 0; session < SESSIONS; session += 1) await server.show(`s${session}`, 0, template);

      async function storm(seconds: number) {
        const passing: Promise<void>[] = [];
        let n = 0;
        for (const begun = performance.now(); n < seconds * PER_SECOND; await after(TICK_MS)) {
          // As many as are due, however late the timer was.
          const due = Math.min(seconds * PER_SECOND, ((performance.now() - begun) / 1000) * PER_SECOND);
          for (; n < due; n += 1) {
            const combination = Math.floor(n / TRANSPORTS.length);
            const phase = pick(PHASES, combination);
            const leave = pick(WAYS, Math.floor(combination / PHASES.length));
            passing.push(passBy(server.port, pick(TRANSPORTS, n), `s${n % SESSIONS}`, phase, leave));
          }
        }
        await Promise.all(passing);
      }
      // Other systems do not tell.
      const fds = async () => (process.platform === 'linux' ? server.metric('process_open_fds') : null);
      const held = async () => ({ ...(await server.held()), fds: await fds() });

      const before = await held();
      expect(before).toMatchObject(nothingHeld(store));
      // Writes go on meanwhile: subscriptions come and go while frames are on their way.
      let storming = true;
      const writing = (async () => {
        for (let n = 1; storming; n += 1) await server.show(`s${n % SESSIONS}`, n);
      })();
      await storm(SECONDS).finally(() => {
        storming = false;
      });
      await writing;
      await expect.poll(held, { timeout: 5000, interval: 100 }).toEqual(before);
      expect(server.output()).not.toMatch(/Warning|"level":[56]0/);
    },
  );
});
