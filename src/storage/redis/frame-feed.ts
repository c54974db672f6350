import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Log } from '../../log.ts';
import type { SessionId } from '../../sessions/session-id.ts';
import type { SessionWatcher, StoredFrame } from '../session-store.ts';
import { type Announcement, decodeAnnouncement } from './announcement.ts';
import type { Connections } from './connections.ts';
import { channelOf } from './redis-keys.ts';
import { unavailable } from './redis-refusal.ts';
import { createSubscriberFacade } from './subscriber-facade.ts';

const SUBSCRIBE_TIMEOUT_MS = 2000;
/** How many frames are read at once after an outage. */
const REPAIR_BATCH = 32;

interface Channel {
  readonly id: SessionId;
  readonly name: string;
  readonly watchers: Set<{ readonly watcher: SessionWatcher }>;
  /** RedisPubSub's number for it; null: not yet subscribed. */
  subscription: number | null;
  /** Of the last frame seen; null: none yet. */
  epoch: string | null;
  /** A frame is being read; `stale`: and announced again meanwhile. */
  reading: boolean;
  stale: boolean;
}

export interface FrameFeedOptions {
  readonly connections: Connections;
  readonly db: number;
  readonly readFrame: (id: SessionId) => Promise<StoredFrame | null>;
  readonly log: Log;
}

/** The announcements of all watched sessions: one Redis subscription per session, however many watch it. */
export function createFrameFeed({ connections, db, readFrame, log }: FrameFeedOptions) {
  const { commands, subscriber } = connections;
  const { subscriber: facade, takeFailure } = createSubscriberFacade(subscriber);
  const pubsub = new RedisPubSub({
    publisher: commands,
    subscriber: facade,
    messageEventName: 'messageBuffer',
    pmessageEventName: 'pmessageBuffer',
    deserializer: (source) => decodeAnnouncement(Buffer.from(source)),
  });
  const channels = new Map<string, { readonly channel: Channel; readonly subscribed: Promise<void> }>();

  function tell(channel: Channel, announce: (watcher: SessionWatcher) => void) {
    for (const { watcher } of channel.watchers) announce(watcher);
  }

  function deliver(channel: Channel, frame: StoredFrame) {
    channel.epoch = frame.epoch;
    tell(channel, (watcher) => watcher.frame(frame));
  }

  async function readAgain(channel: Channel): Promise<void> {
    channel.stale = true;
    if (channel.reading) return;
    channel.reading = true;
    try {
      while (channel.stale) {
        channel.stale = false;
        const { epoch } = channel;
        const frame = await readFrame(channel.id);
        if (frame !== null) deliver(channel, frame);
        else if (epoch !== null) tell(channel, (watcher) => watcher.gone(epoch));
      }
    } catch {
      // Redis is away again; when it is back everything is read anew.
    } finally {
      channel.reading = false;
    }
  }

  function onAnnouncement(channel: Channel, announcement: Announcement | null) {
    if (announcement === null) return;
    if (announcement.is === 'frame') deliver(channel, announcement.frame);
    else if (announcement.is === 'gone') tell(channel, (watcher) => watcher.gone(announcement.epoch));
    else void readAgain(channel);
  }

  function closeIfUnwatched(channel: Channel) {
    if (channel.watchers.size > 0 || channel.subscription === null) return;
    channels.delete(channel.name);
    pubsub.unsubscribe(channel.subscription);
    channel.subscription = null;
  }

  function openChannel(id: SessionId, name: string) {
    const channel: Channel = {
      id,
      name,
      watchers: new Set(),
      subscription: null,
      epoch: null,
      reading: false,
      stale: false,
    };
    const subscribed = subscribe(channel);
    // Those who wait for it are told; there may be none any more.
    subscribed.catch(() => {});
    const opened = { channel, subscribed };
    channels.set(name, opened);
    return opened;
  }

  async function subscribe(channel: Channel): Promise<void> {
    const listener = (announcement: Announcement | null) => onAnnouncement(channel, announcement);
    channel.subscription = await pubsub.subscribe(channel.name, listener);
    const failure = takeFailure(channel.name);
    if (failure !== undefined) {
      channel.watchers.clear();
      closeIfUnwatched(channel);
      throw unavailable('', failure);
    }
    closeIfUnwatched(channel);
  }

  /** What was announced while a connection was lost is lost too: subscribe first, then read every watched session. */
  async function repair(): Promise<void> {
    if (subscriber.status !== 'ready' || commands.status !== 'ready' || channels.size === 0) return;
    try {
      await subscriber.subscribe(...channels.keys());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error({ reason }, 'Redis refused to subscribe again; frames come late until it does');
    }
    const watched = [...channels.values()];
    for (let from = 0; from < watched.length; from += REPAIR_BATCH) {
      await Promise.all(watched.slice(from, from + REPAIR_BATCH).map(({ channel }) => readAgain(channel)));
    }
  }

  // Reading needs the one, hearing the other; whichever comes back last begins.
  for (const client of [commands, subscriber]) client.on('ready', () => void repair());

  return {
    async watch(id: SessionId, watcher: SessionWatcher): Promise<() => void> {
      if (subscriber.status !== 'ready') throw unavailable('');
      const name = channelOf(id, db);
      const { channel, subscribed } = channels.get(name) ?? openChannel(id, name);
      const entry = { watcher };
      channel.watchers.add(entry);
      const stop = () => {
        if (channel.watchers.delete(entry)) closeIfUnwatched(channel);
      };
      try {
        await withinTimeout(subscribed);
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },

    /** A frame that was read: a deletion that is found only after an outage can then be announced with its epoch. */
    saw(id: SessionId, epoch: string): void {
      const opened = channels.get(channelOf(id, db));
      if (opened !== undefined) opened.channel.epoch = epoch;
    },
  };

  function withinTimeout(subscribed: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      let settled = false;
      const expire = () => {
        if (settled) return;
        reject(unavailable(''));
        // A connection that answers nothing for so long is dead, and nobody else would notice.
        subscriber.disconnect(true);
      };
      // After a stalled event loop timers run before the answers that have come meanwhile are read; immediates, after.
      const timer = setTimeout(() => setImmediate(expire), SUBSCRIBE_TIMEOUT_MS);
      const settle = () => {
        settled = true;
        clearTimeout(timer);
      };
      subscribed.finally(settle).then(resolve, reject);
    });
  }
}
