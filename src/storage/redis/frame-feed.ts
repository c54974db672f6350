import type { SessionId } from '../../sessions/session-id.ts';
import type { SessionWatcher, StoredFrame } from '../session-store.ts';
import { type Announcement, decodeAnnouncement } from './announcement.ts';
import type { Announcements } from './redis-announcements.ts';
import { channelOf } from './redis-keys.ts';

/** How many frames are read at once after an outage. */
const REPAIR_BATCH = 32;

interface Channel {
  readonly id: SessionId;
  readonly name: string;
  readonly watchers: Set<{ readonly watcher: SessionWatcher }>;
  /** Ends its subscription; null: not yet subscribed. */
  unsubscribe: (() => void) | null;
  /** Of the last frame seen; null: none yet. */
  epoch: string | null;
  /** A frame is being read; `stale`: and announced again meanwhile. */
  reading: boolean;
  stale: boolean;
}

export interface FrameFeedOptions {
  readonly announcements: Announcements;
  readonly db: number;
  readonly readFrame: (id: SessionId) => Promise<StoredFrame | null>;
}

/** The announcements of all watched sessions: one Redis subscription per session, however many watch it. */
export function createFrameFeed({ announcements, db, readFrame }: FrameFeedOptions) {
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
    if (channel.watchers.size > 0 || channel.unsubscribe === null) return;
    channels.delete(channel.name);
    channel.unsubscribe();
    channel.unsubscribe = null;
  }

  function openChannel(id: SessionId, name: string) {
    const channel: Channel = {
      id,
      name,
      watchers: new Set(),
      unsubscribe: null,
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
    const listener = (bytes: Buffer) => onAnnouncement(channel, decodeAnnouncement(bytes));
    try {
      channel.unsubscribe = await announcements.subscribe(channel.name, listener);
    } catch (error) {
      channels.delete(channel.name);
      throw error;
    }
    closeIfUnwatched(channel);
  }

  async function readAllAgain(): Promise<void> {
    const watched = [...channels.values()];
    for (let from = 0; from < watched.length; from += REPAIR_BATCH) {
      await Promise.all(watched.slice(from, from + REPAIR_BATCH).map(({ channel }) => readAgain(channel)));
    }
  }

  announcements.whenBack(() => void readAllAgain());

  return {
    async watch(id: SessionId, watcher: SessionWatcher): Promise<() => void> {
      announcements.requireReady();
      const name = channelOf(id, db);
      const { channel, subscribed } = channels.get(name) ?? openChannel(id, name);
      const entry = { watcher };
      channel.watchers.add(entry);
      const stop = () => {
        if (channel.watchers.delete(entry)) closeIfUnwatched(channel);
      };
      try {
        await announcements.withinTimeout(subscribed);
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
}
