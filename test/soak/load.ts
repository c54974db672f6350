import { setMaxListeners } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { exchange, type Sent } from '../matrix/request.ts';
import { openRawViewer, TRANSPORTS } from '../viewers/raw-viewer.ts';

const SLOW_SESSIONS = 20;

/** Names that are used again: what a server remembers of sessions is bounded, but takes long to fill. */
const PASSING = 20;
const TEMPLATE = `<svg xmlns="http://www.w3.org/2000/svg"><text>{{ n }}</text><!--${'x'.repeat(4000)}--></svg>`;

/** What has happened, for the report. */
export interface Tally {
  updates: number;
  refused: number;
  tokens: number;
  sessions: number;
  viewers: number;
  /** Answers with another status than expected, by what was asked. */
  readonly unexpected: Map<string, number>;
}

const json = (method: string, path: string, body: object, headers = {}): Sent => ({
  ...{ method, path, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) },
});

const create = (session_id: string, expire: string) =>
  json('POST', '/api/session', { session_id, template: TEMPLATE, args: { n: 0 }, expire });

const REFUSED: readonly (readonly [Sent, number])[] = [
  [json('PUT', '/api/session/nobody-knows', { args: {} }), 404],
  [json('PUT', '/api/session/hot', { args: 5 }), 422],
  [json('POST', '/api/session', { session_id: 'broken', template: '<svg>' }), 422],
  [json('POST', '/api/session', { session_id: 'hot', template: TEMPLATE }), 409],
  [
    json('POST', '/api/user/alice/session', { session_id: 'x', template: TEMPLATE }, { authorization: 'Bearer x' }),
    401,
  ],
];

/**
 * Everything at once until `signal` is aborted: updates at 100 Hz on one session and at 1 Hz on many, viewers of every
 * transport that come and leave and of which every third does not read, refused writes, sign-ins, and sessions that are
 * made, deleted and expire. Resolves when the last viewer has left.
 */
export async function load(port: number, signal: AbortSignal): Promise<Tally> {
  // Every viewer waits for it.
  setMaxListeners(0, signal);
  const tally: Tally = { updates: 0, refused: 0, tokens: 0, sessions: 0, viewers: 0, unexpected: new Map() };
  const slow = Array.from({ length: SLOW_SESSIONS }, (_, at) => `slow${at}`);

  async function ask(sent: Sent, expected: number): Promise<string> {
    const { status, text } = await exchange(port, sent);
    if (status !== expected) {
      const what = `${sent.method} ${sent.path}: ${status}`;
      tally.unexpected.set(what, (tally.unexpected.get(what) ?? 0) + 1);
    }
    return text;
  }
  async function update(session: string, n: number) {
    await ask(json('PUT', `/api/session/${session}`, { args: { n } }), 200);
    tally.updates += 1;
  }

  /** As often as is due by the clock, however late its timers are; one after the other. */
  async function each(perSecond: number, act: (n: number) => Promise<unknown>) {
    const begun = performance.now();
    for (let n = 1; !signal.aborted; n += 1) {
      await act(n);
      await after(Math.max(0, begun + (n * 1000) / perSecond - performance.now()));
    }
  }

  async function watch(n: number) {
    const transport = TRANSPORTS[n % TRANSPORTS.length] ?? 'sse';
    const viewer = await openRawViewer(port, transport, n % 2 === 0 ? 'hot' : `slow${n % SLOW_SESSIONS}`);
    tally.viewers += 1;
    if (n % 3 === 0) viewer.socket.pause();
    await after(n % 10 === 0 ? 5000 : 500, null, { signal }).catch(() => {});
    if (n % 4 === 0) viewer.socket.resetAndDestroy();
    else viewer.socket.destroy();
  }

  async function ownSession(n: number) {
    const user = `user${n % 5}`;
    const { token } = JSON.parse(
      await ask(json('POST', '/api/auth/token', { user_id: user, password: 'pass word' }), 200),
    );
    tally.tokens += 1;
    const headers = { authorization: `Bearer ${token}` };
    const path = `/api/user/${user}/session`;
    const name = `own${n % PASSING}`;
    await ask(json('POST', path, { session_id: name, template: TEMPLATE }, headers), 201);
    await ask({ method: 'DELETE', path: `${path}/${name}`, headers }, 204);
    tally.sessions += 2;
  }

  async function passingSession(n: number) {
    await ask(create(`passing${n % PASSING}`, '2s'), 201);
    tally.sessions += 1;
  }

  for (const session of ['hot', ...slow]) await ask(create(session, '1d'), 201);
  const watching = new Set<Promise<void>>();
  await Promise.all([
    each(100, (n) => update('hot', n)),
    each(SLOW_SESSIONS, (n) => update(`slow${n % SLOW_SESSIONS}`, n)),
    each(10, async (n) => {
      const [sent, status] = REFUSED[n % REFUSED.length] ?? [];
      if (sent !== undefined && status !== undefined) await ask(sent, status);
      tally.refused += 1;
    }),
    each(30, async (n) => {
      const one = watch(n).finally(() => watching.delete(one));
      watching.add(one);
    }),
    each(1, ownSession),
    each(2, passingSession),
  ]);
  await Promise.all(watching);
  return tally;
}
