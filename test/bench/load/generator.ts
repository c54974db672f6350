// The load in a process of its own: viewers and the clients that update, by one clock.
import { setTimeout as after } from 'node:timers/promises';
import { quantile } from '../rounds.ts';
import type { Answer, Loaded, Order, Pace } from './load.ts';
import { padFor } from './picture.ts';
import { connectUpdate, type Update } from './updates.ts';
import { openViewers, type Viewers } from './viewers.ts';

const CONNECTIONS = 32;
/** The beginning of each run, until all is under way. */
const WARM_UP_MS = 300;
/** Share of the viewers that must have had a frame before, flat out, the next but one is sent. */
const NEARLY_ALL = 0.98;
/** A server that sends to ten thousand may send nothing for that long before. */
const STALLED_AFTER_MS = 1000;
const QUIET_MS = 300;
const DRAIN_AT_MOST_MS = 5000;

type Open = Extract<Order, { kind: 'open' }>;

let viewers: Viewers;
let connections: readonly Update[];
let opened: Open;

const tell = (answer: Answer) => process.send?.(answer);

async function open(order: Open): Promise<void> {
  opened = order;
  const { port, viewing, sessions, viewers: count } = order;
  connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connectUpdate(order.updating)));
  viewers = await openViewers({ port, viewing, count, sessions });
  // Some show nothing before the first update.
  while (viewers.seen.shown < count) {
    await updateAll();
    // No other update while it may still send this one, which takes the longer the more there are: each would only make
    // it later.
    await viewers.seen.until(viewers.seen.frames + count - viewers.seen.shown, Math.max(QUIET_MS, count / 4));
  }
}

async function updateAll(): Promise<void> {
  await inParallel(async (update, at) => {
    for (let i = at; i < opened.sessions.length; i += CONNECTIONS) await update(opened.sessions[i] ?? '', '');
  });
}

async function inParallel(use: (update: Update, at: number) => Promise<void>): Promise<void> {
  await Promise.all(connections.map(use));
}

interface Accepted {
  count: number;
  /** Microseconds from sending to the answer. */
  delays: number[];
}

/** Updates until it is told to stop, and counts what was accepted. */
async function updating(pad: string, pace: Pace, stop: AbortSignal, accepted: Accepted): Promise<void> {
  const { sessions } = opened;
  const send = async (update: Update, sent: number) => {
    const begun = performance.now();
    await update(sessions[sent % sessions.length] ?? '', pad);
    accepted.count += 1;
    accepted.delays.push((performance.now() - begun) * 1000);
  };
  if (pace === 'every connection') {
    await inParallel(async (update, at) => {
      for (let sent = at; !stop.aborted; sent += CONNECTIONS) await send(update, sent);
    });
  } else if (pace === 'flat out') {
    await flatOut((sent) => send(connections[0] as Update, sent), stop);
  } else {
    const free = [...connections];
    const begun = performance.now();
    for (let sent = 0; !stop.aborted; sent += 1) {
      const update = free.shift();
      // With none free the server is so late that the next update would only wait behind the others.
      if (update !== undefined) void send(update, sent).then(() => free.push(update));
      // By the clock since the beginning: a timer that is late once is not late for ever.
      await after(begun + ((sent + 1) * 1000) / pace - performance.now());
    }
  }
}

async function flatOut(send: (sent: number) => Promise<void>, stop: AbortSignal): Promise<void> {
  const perUpdate = opened.viewers / opened.sessions.length;
  let begun = viewers.seen.frames;
  for (let sent = 0; !stop.aborted; sent += 1) {
    await send(sent);
    const wanted = begun + sent * perUpdate * NEARLY_ALL;
    await viewers.seen.until(wanted, STALLED_AFTER_MS);
    // What viewers have skipped never comes: waited for once is enough.
    begun -= Math.max(0, wanted - viewers.seen.frames);
  }
}

/** A server that could not keep up still sends: that belongs to no later run. */
async function drained(): Promise<boolean> {
  if (opened.viewers === 0) return true;
  for (const until = performance.now() + DRAIN_AT_MOST_MS; performance.now() < until; ) {
    const before = viewers.seen.frames;
    await after(QUIET_MS);
    // A pause alone may be one in which it makes the next frames ready.
    const allHaveIt = opened.sessions.length > 1 || viewers.seen.behind <= viewers.lost;
    if (before === viewers.seen.frames && allHaveIt) return true;
  }
  return false;
}

async function run({ bytes, pace, seconds }: Extract<Order, { kind: 'run' }>): Promise<Loaded> {
  const stop = new AbortController();
  const accepted: Accepted = { count: 0, delays: [] };
  viewers.seen.begin();
  const load = updating(padFor(bytes), pace, stop.signal, accepted);
  await after(WARM_UP_MS);
  viewers.seen.begin();
  accepted.delays = [];
  const before = {
    cpu: process.cpuUsage(),
    at: performance.now(),
    frames: viewers.seen.frames,
    updates: accepted.count,
  };
  tell({ kind: 'begun' });
  await after(seconds * 1000);
  const elapsed = performance.now() - before.at;
  const { user, system } = process.cpuUsage(before.cpu);
  const seen = { updates: accepted.count - before.updates, frames: viewers.seen.frames - before.frames };
  tell({ kind: 'ended' });
  const delays = opened.viewers > 0 ? viewers.seen.delays() : Float64Array.from(accepted.delays).sort();
  stop.abort();
  await load;
  const isDrained = await drained();
  return {
    seconds: elapsed / 1000,
    ...seen,
    drained: isDrained,
    p50Micros: quantile(delays, 0.5),
    p99Micros: quantile(delays, 0.99),
    lost: viewers.lost,
    behind: viewers.seen.behind,
    busy: (user + system) / (elapsed * 1000),
  };
}

process.on('message', async (order: Order) => {
  if (order.kind === 'open') {
    await open(order);
    tell({ kind: 'opened' });
  } else {
    tell({ kind: 'done', ...(await run(order)) });
  }
});
process.once('disconnect', () => process.exit(0));
