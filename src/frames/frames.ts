import type { ViewTokens } from '../auth/view-token.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import type { SessionStore, StoredFrame } from '../storage/session-store.ts';
import { type Admission, ANYBODY, createAdmit, readAccess, type Visitor } from './admission.ts';
import { type Channel, openChannel, type Viewer } from './channel.ts';
import type { Frame } from './frame.ts';
import type { StreamOptions } from './lanes.ts';
import type { Wire } from './wire.ts';

/** One timer for the repeats of all viewers, precise to a quarter of a second. */
const REPEAT_EVERY_MS = 250;

/** How often the store is asked whether the announcements told all: it bounds how long a lost message, an expiry or a half-open connection goes unnoticed. */
const VERIFY_EVERY_MS = 1000;

/**
 * How long a session that nobody watches any more stays subscribed: a viewer that reloads, or connects again after a cut,
 * is back within it and finds everything as it was, and no subscription comes and goes with it.
 */
const LINGER_MS = 2000;

/**
 * The pictures of this process: what every viewer of every transport sees comes from here, and only to whom it is shown. A
 * session that the visitor may not see is none. Without a visitor only what everybody sees is shown.
 */
export interface Frames {
  /** The current frame, and `access` of its session (0: public, and always was); null: no such session. */
  current(id: SessionId, visitor?: Visitor): Promise<(Frame & Pick<StoredFrame, 'access'>) | null>;
  /**
   * Gives the viewer the current frame at once and then every newer one, in order, until the session or the process ends,
   * or the visitor may look no more: that is found within a second, and nothing written since is shown before.
   *
   * @returns stops it without a further call; null: no such session
   */
  watch(id: SessionId, viewer: Viewer, visitor?: Visitor): Promise<(() => void) | null>;
  /**
   * As `watch`, as bytes on a wire, at the viewer's pace and as its wire takes them: of what comes while it may not or
   * cannot be sent more, the newest is left. A link may set a slower pace.
   *
   * @throws Refusal UNAVAILABLE when the process is ending
   */
  stream(id: SessionId, wire: Wire, options: StreamOptions, visitor?: Visitor): Promise<(() => void) | null>;
  /** Frames handed to viewers, and those that a newer one replaced before. Whoever hands them over counts. */
  readonly traffic: { delivered: number; skipped: number };
  /** Sessions that are listened to now, or were a moment ago: as many subscriptions at the store. */
  watchedSessions(): number;
  /** How many watch this session here. */
  viewers(id: SessionId): number;
  /** The sessions that are listened to, with how many watch each here, perhaps 0. */
  watched(): Iterable<{ readonly id: SessionId; readonly viewers: number }>;
  /** Ends every viewer; later ones are ended as soon as they come. */
  close(): void;
}

export interface FramesOptions {
  /** How long a session is listened to after its last viewer has left; 0: not at all. Default: 2000 */
  readonly lingerMs?: number;
  /** Default: no view link is good. */
  readonly viewTokens?: ViewTokens;
}

export function createFrames(store: SessionStore, log: Log, options: FramesOptions = {}): Frames {
  const { lingerMs = LINGER_MS, viewTokens = null } = options;
  const admit = createAdmit(viewTokens);
  const channels = new Map<string, Channel>();
  const traffic = { delivered: 0, skipped: 0 };
  let closed = false;
  let verifying = false;

  async function verifyAll() {
    const watched = [...channels.values()];
    if (verifying || watched.length === 0) return;
    verifying = true;
    try {
      const stamps = await store.stamps(watched.map((channel) => channel.id));
      await Promise.all(watched.map((channel, index) => channel.verify(stamps[index] ?? null)));
    } catch (error) {
      log.debug({ error: String(error) }, 'the watched sessions could not be compared with the store');
    } finally {
      verifying = false;
    }
  }
  const verifier = setInterval(verifyAll, VERIFY_EVERY_MS).unref();

  const repeater = setInterval(() => {
    const now = performance.now();
    for (const { lanes } of channels.values()) lanes.repeat(now);
  }, REPEAT_EVERY_MS).unref();

  function channelOf(id: SessionId): Channel {
    const key = formatSessionId(id);
    let channel = channels.get(key);
    if (channel === undefined) {
      const onEnd = () => {
        if (channels.get(key) === opening) channels.delete(key);
      };
      const opening = openChannel({ store, id, admit, lingerMs, traffic, onEnd });
      channel = opening;
      channels.set(key, channel);
    }
    return channel;
  }

  /**
   * Of a session that there is not. A token is looked at as for one that is private: the time that takes, and what becomes
   * of one who tries many, would tell which it is.
   */
  async function none({ owner }: SessionId, visitor: Visitor): Promise<null> {
    if (owner !== null) await visitor.prove?.();
    return null;
  }

  /** Hands over the channel while it stands: what waits in between could meet another one, or miss a frame. */
  async function enter<T>(
    id: SessionId,
    visitor: Visitor,
    use: (channel: Channel, latest: Frame, admission: Admission) => T,
    whenClosed: () => T,
  ) {
    for (;;) {
      if (closed) return whenClosed();
      const channel = channelOf(id);
      if ((await channel.opened) === null) return none(id, visitor);
      const admission = await channel.admit(visitor);
      if (admission === null) return null;
      const latest = channel.latest();
      // Else it ended while this one waited, or was closed to it.
      if (latest === null || channels.get(formatSessionId(id)) !== channel || !channel.admits(admission)) continue;
      return use(channel, latest, admission);
    }
  }

  return {
    traffic,

    async current(id, visitor = ANYBODY) {
      for (;;) {
        // Not the channel's newest: after an answered write its announcement may still be on its way.
        const stored = await store.frame(id);
        if (stored === null) return none(id, visitor);
        if (stored.access === 0) return { sessionId: id, ...stored };
        const access = await readAccess(store, id, stored);
        if (access === null) continue;
        if ((await admit({ id, access, visitor, readAgain: async () => access })) === null) return null;
        // Read after who may see it: what was read before may be of when it was private.
        const frame = await store.frame(id);
        if (frame?.epoch === access.epoch && frame.access === access.access) return { sessionId: id, ...frame };
      }
    },

    watch(id, viewer, visitor = ANYBODY) {
      const use = (channel: Channel, latest: Frame, admission: Admission) => {
        channel.add(viewer, admission);
        viewer.frame(latest);
        return () => channel.remove(viewer);
      };
      return enter(id, visitor, use, () => {
        viewer.end('shutdown');
        return () => {};
      });
    },

    stream(id, wire, options, visitor = ANYBODY) {
      const use = ({ lanes }: Channel, latest: Frame, admission: Admission) =>
        lanes.join(wire, latest, options, admission);
      return enter(id, visitor, use, () => {
        throw new Refusal('UNAVAILABLE', 'The server is shutting down; try again.');
      });
    },

    watchedSessions: () => channels.size,

    viewers: (id) => channels.get(formatSessionId(id))?.viewers() ?? 0,

    *watched() {
      for (const { id, viewers } of channels.values()) yield { id, viewers: viewers() };
    },

    close() {
      closed = true;
      clearInterval(verifier);
      clearInterval(repeater);
      for (const channel of [...channels.values()]) channel.end('shutdown');
    },
  };
}
