import { readFileSync } from 'node:fs';
import type { Caller } from '../auth/caller.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Log } from '../log.ts';
import type { SessionChange } from '../sessions/session-change.ts';
import type { SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { StoredSession } from '../storage/session-store.ts';
import { argsAt } from './moment.ts';

/** The server itself: it signs in as nobody. */
const SERVER: Caller = { user: null, client: { address: '', agent: null } };

const ID: SessionId = { owner: null, name: 'demo' };
const TEMPLATE = readFileSync(new URL('./demo.svg.njk', import.meta.url), 'utf8');

/** What visitors change. The demo writes it once and never again. */
const VISITORS_ARGS: JsonObject = {
  message: 'Push args and every open copy of this changes.',
  title: 'A live image',
  accent: '#38bdf8',
};

/**
 * The template of a public session is fixed and each write prolongs its life. A demo that an older version of this
 * server left behind is therefore not driven on: it ends half a minute after its last tick, and then the new one begins.
 */
const TTL_MS = 30_000;

/** A timer may fire a little before its time. */
const EARLY_MS = 50;

/** How far the clock of another server on the same store may be ahead before it is taken for a visitor's joke. */
const MAX_LEAD_SECONDS = 5;

export interface Demo {
  readonly id: SessionId;
  /** Settles with the first attempt to show a picture, successful or not. Never rejects. */
  readonly ready: Promise<void>;
  stop(): void;
}

export interface DemoDeps {
  readonly sessions: Sessions;
  readonly log: Log;
  readonly now?: () => Date;
}

/** Keeps a public session named `demo` moving at the top of each second. */
export function startDemo({ sessions, log, now = () => new Date() }: DemoDeps): Demo {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let trouble: string | null = null;

  /** Says once what is the matter, until it is something else. */
  function note(what: string | null, error?: unknown) {
    const isNew = what !== null && what !== trouble;
    trouble = what;
    if (!isNew || stopped) return;
    // A full store is the operator's matter, and ends without a restart.
    if (error instanceof Refusal && error.code === 'RATE_LIMITED') log.warn({ reason: what }, 'the demo stands still');
    else if (error === undefined || error instanceof Refusal) log.debug({ reason: what }, 'the demo stands still');
    else log.error({ err: error }, 'the demo stands still');
  }

  async function tick() {
    try {
      note(await show(sessions, Math.floor((now().getTime() + EARLY_MS) / 1000)));
    } catch (error) {
      note(String(error), error);
    }
    if (stopped) return;
    const time = now().getTime() + EARLY_MS;
    timer = setTimeout(tick, 1000 - (time % 1000) + EARLY_MS).unref();
  }

  return {
    id: ID,
    ready: tick(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** @returns why nothing was shown; null: the picture shows this second */
async function show(sessions: Sessions, second: number): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const standing = await sessions.get(ID);
    if (standing !== null && standing.template !== TEMPLATE) return 'a session "demo" with another template lives';
    if (standing !== null && isShown(standing, second)) return null;
    try {
      if (standing === null) await begin(sessions, second);
      else await move(sessions, standing, second, attempt);
      return null;
    } catch (error) {
      const isOvertaken = error instanceof Refusal && ['CONFLICT', 'NOT_FOUND'].includes(error.code);
      if (!isOvertaken || attempt === 3) throw error;
    }
  }
}

/** Another server on the same store may have been faster; the one whose clock is ahead leads. */
function isShown({ args }: StoredSession, second: number): boolean {
  const shown = (JSON.parse(args) as JsonObject).second;
  return typeof shown === 'number' && shown >= second && shown <= second + MAX_LEAD_SECONDS;
}

async function begin(sessions: Sessions, second: number): Promise<void> {
  const args = { ...VISITORS_ARGS, ...argsAt(second) };
  await sessions.create(SERVER, { name: ID.name, public: true, template: TEMPLATE, args, ttlMs: TTL_MS });
}

async function move(sessions: Sessions, { epoch, version }: StoredSession, second: number, attempt: number) {
  // The first time only if nobody wrote meanwhile: that may have been another server with this very second.
  const onlyIf: NonNullable<SessionChange['onlyIf']> = (standing) =>
    standing.epoch === epoch && (attempt > 1 || standing.version === version);
  try {
    await sessions.update(SERVER, ID, { patch: argsAt(second), onlyIf });
  } catch (error) {
    const isTooMuch = error instanceof Refusal && ['PAYLOAD_TOO_LARGE', 'TEMPLATE_ERROR'].includes(error.code);
    if (!isTooMuch) throw error;
    // What a visitor left is just within a limit, and with the next second's args beyond it: begin anew.
    await sessions.update(SERVER, ID, { args: { ...VISITORS_ARGS, ...argsAt(second) }, onlyIf });
  }
}
