import { DIGITS, MARK } from './picture.ts';

/** Counts frames in what viewers read, by their marks, and reads the digits before those. */
export interface FrameCounter {
  /** Frames that all viewers have had together. */
  readonly frames: number;
  /** Viewers that have had at least one. */
  readonly shown: number;
  /** Viewers whose last frame is older than that of others. */
  readonly behind: number;
  /** What this viewer has read stands at the beginning of the buffer. */
  read(viewer: number, length: number): void;
  /** From now on frames may have another size, and delays are taken anew. */
  begin(): void;
  /** Resolves as soon as there have been so many frames, or when none has come for so many milliseconds. */
  until(frames: number, quietMs: number): Promise<void>;
  /** Microseconds from update to viewer since it began, ascending. */
  delays(): Float64Array;
}

const MARK_BYTE = MARK.charCodeAt(0);
const MAX_DELAYS = 2_000_000;

/** @param buffer into which every viewer reads, one after the other */
export function createFrameCounter(buffer: Buffer, viewers: number): FrameCounter {
  /** Of each viewer's last frame, when its update was sent. */
  const last = new Float64Array(viewers);
  /** Digits at the end of what a viewer has read, whose mark comes with its next piece. */
  const begun = new Map<number, string>();
  const delays = new Float64Array(MAX_DELAYS);
  let taken = 0;
  let frames = 0;
  let shown = 0;
  /** Of the last piece that was one frame: how long it was, and where its mark stood. */
  let size = 0;
  let markAt = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let arrived = () => {};

  function count(viewer: number, sent: number): void {
    if (last[viewer] === 0) shown += 1;
    // Not the highest: what another load sent before was told by another clock.
    last[viewer] = Math.max(1, sent);
    frames += 1;
    if (frames >= wanted) arrived();
    if (taken === MAX_DELAYS) return;
    delays[taken] = performance.now() * 1000 - sent;
    taken += 1;
  }

  function search(viewer: number, length: number): void {
    // Else the search goes on through all that others have read before.
    if (length < buffer.length) buffer[length] = MARK_BYTE;
    const before = begun.get(viewer) ?? '';
    let found = 0;
    for (let at = buffer.indexOf(MARK_BYTE); at !== -1 && at < length; at = buffer.indexOf(MARK_BYTE, at + 1)) {
      // The head of a WebSocket frame has the same byte where the length follows in two more.
      if (at > 0 ? !isDigit(buffer[at - 1]) : before === '') continue;
      found += 1;
      if (at >= DIGITS) {
        count(viewer, digitsBefore(buffer, at));
        markAt = at;
      } else {
        count(viewer, Number((before + buffer.toString('latin1', 0, at)).slice(-DIGITS)));
        found = Number.NaN;
      }
    }
    if (found === 1) size = length;
    remember(viewer, before, length);
  }

  function remember(viewer: number, before: string, length: number): void {
    let from = length;
    while (from > 0 && length - from < DIGITS && isDigit(buffer[from - 1])) from -= 1;
    const digits = (from === 0 ? before : '') + buffer.toString('latin1', from, length);
    if (digits === '') begun.delete(viewer);
    else begun.set(viewer, digits.slice(-DIGITS));
  }

  return {
    get frames() {
      return frames;
    },
    get shown() {
      return shown;
    },
    get behind() {
      const newest = last.reduce((most, each) => Math.max(most, each), 0);
      return last.filter((each) => each < newest).length;
    },
    read(viewer, length) {
      // Nearly always it is one frame, as long as the one before: no other mark has room in it, nothing is searched for.
      if (length === size && buffer[markAt] === MARK_BYTE && isDigit(buffer[markAt - 1])) {
        count(viewer, digitsBefore(buffer, markAt));
      } else {
        search(viewer, length);
      }
    },
    begin() {
      size = 0;
      taken = 0;
    },
    until(those, quietMs) {
      if (frames >= those) return Promise.resolve();
      return new Promise((resolve) => {
        let before = frames;
        const done = () => {
          wanted = Number.POSITIVE_INFINITY;
          clearInterval(looking);
          resolve();
        };
        const looking = setInterval(() => {
          if (frames === before) done();
          before = frames;
        }, quietMs);
        wanted = those;
        arrived = done;
      });
    },
    delays: () => delays.slice(0, taken).sort(),
  };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function digitsBefore(buffer: Buffer, end: number): number {
  let value = 0;
  for (let at = end - DIGITS; at < end; at += 1) value = value * 10 + (buffer[at] as number) - 48;
  return value;
}
