import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '../../src/frames/channel.ts';
import type { Frame } from '../../src/frames/frame.ts';
import { createLanes } from '../../src/frames/lanes.ts';
import { oncePerFrame, type Representation } from '../../src/frames/representation.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const frameOf = (version: number): Frame => ({
  ...{ sessionId: { owner: null, name: 'x' }, epoch: 'e', renderedAt: 0 },
  ...{ version, svg: String(version) },
});

/** Encodes to the version as text, and counts how often. */
function countingRepresentation() {
  const encoded: string[] = [];
  const encode = (prefix: string) =>
    oncePerFrame(({ version }) => {
      encoded.push(`${prefix}${version}`);
      return Buffer.from(`${prefix}${version}`);
    });
  const next = encode('');
  const representation: Representation = { first: encode('first '), next, repeat: next, closing: Buffer.from };
  return { representation, encoded };
}

/** A session whose versions the test makes, 1 being the first. */
function session() {
  const lanesOfIt = new Set<Viewer>();
  const traffic = { delivered: 0, skipped: 0 };
  const channel = { add: (lane: Viewer) => lanesOfIt.add(lane), remove: (lane: Viewer) => lanesOfIt.delete(lane) };
  const lanes = createLanes(channel, traffic);
  let latest = frameOf(1);
  return {
    ...countingRepresentation(),
    lanesOfIt,
    traffic,
    lanes,
    latest: () => latest,
    change() {
      latest = frameOf(latest.version + 1);
      for (const lane of lanesOfIt) lane.frame(latest);
    },
    /** So many changes a second. */
    changeFor(ms: number, perSecond: number) {
      for (let at = 0; at < ms; at += 1000 / perSecond) {
        vi.advanceTimersByTime(1000 / perSecond);
        this.change();
      }
    },
  };
}

type Session = ReturnType<typeof session>;

const setImmediatePassed = () => new Promise((resolve) => setImmediate(resolve));

/** A viewer on a wire that the test can stop. */
function view(of: Session, { fps = 30, keepAliveMs = 0, delayedStartMs = 0 } = {}) {
  const seen: { readonly bytes: Buffer; readonly at: number }[] = [];
  let stopped = false;
  let taken: (() => void) | null = null;
  const wire = {
    write(bytes: Buffer) {
      seen.push({ bytes, at: performance.now() });
      return !stopped;
    },
    whenTaken(then: () => void) {
      taken = then;
    },
    end: (bytes: Buffer) => void seen.push({ bytes, at: performance.now() }),
    destroy() {},
  };
  const options = { representation: of.representation, fps, keepAliveMs, delayedStartMs };
  const leave = of.lanes.join(wire, of.latest(), options);
  return {
    leave,
    seen,
    texts: () => seen.map(({ bytes }) => String(bytes)),
    /** How many in the last second. */
    lastSecond: () => seen.filter(({ at }) => at > performance.now() - 1000).length,
    stop() {
      stopped = true;
    },
    go() {
      stopped = false;
      const then = taken;
      taken = null;
      then?.();
    },
  };
}

describe('viewers of one session', () => {
  it('are handed the same Buffer of each frame, encoded once, whatever their pace', () => {
    const it = session();
    const viewers = [30, 30, 60, 120, 120].map((fps) => view(it, { fps }));
    vi.advanceTimersByTime(1000);
    it.change();
    expect(it.encoded).toEqual(['first 1', '2']);
    const [one, ...others] = viewers.map(({ seen }) => seen.map(({ bytes }) => bytes));
    for (const other of others) expect(other.every((bytes, index) => bytes === one?.[index])).toBe(true);
    expect(viewers.map(({ texts }) => texts())).toEqual(viewers.map(() => ['first 1', '2']));
  });

  it('of one pace share a clock, though they came at different times', () => {
    const it = session();
    const early = view(it, { fps: 5 });
    it.changeFor(730, 100);
    const late = view(it, { fps: 5 });
    it.changeFor(3000, 100);
    const joined = late.seen[1]?.at ?? Number.NaN;
    const common = (viewer: typeof early) => viewer.seen.filter(({ at }) => at > joined);
    expect(common(late).length).toBeGreaterThanOrEqual(12);
    expect(common(late)).toEqual(common(early));
    expect(vi.getTimerCount()).toBe(1);
  });

  it.each([1, 5, 30, 100, 120])('at most %i times a second see the newest, ending at the last', (fps) => {
    const it = session();
    const viewer = view(it, { fps });
    it.changeFor(5000, 500);
    vi.advanceTimersByTime(1000);
    expect(viewer.seen.length).toBeLessThanOrEqual(5 * fps + 2);
    expect(viewer.seen.length).toBeGreaterThanOrEqual(5 * fps);
    expect(viewer.texts().at(-1)).toBe(String(it.latest().version));
    expect(it.traffic.delivered).toBe(viewer.seen.length);
    expect(it.traffic.delivered + it.traffic.skipped).toBe(it.latest().version);
  });

  it('who asked for a delayed start wait for it, then see the newest', () => {
    const it = session();
    const viewer = view(it, { delayedStartMs: 2000 });
    it.changeFor(1900, 10);
    expect(viewer.texts()).toEqual(['first 1']);
    vi.advanceTimersByTime(200);
    expect(viewer.texts()).toEqual(['first 1', '20']);
  });

  it('see the frame again on a silent stream, and not on one that moves', () => {
    const it = session();
    const viewer = view(it, { keepAliveMs: 1000 });
    const silent = view(it);
    for (let n = 0; n < 6; n += 1) {
      vi.advanceTimersByTime(500);
      it.lanes.repeat(performance.now());
    }
    expect(viewer.texts()).toEqual(['first 1', '1', '1', '1']);
    expect(silent.texts()).toEqual(['first 1']);
    vi.advanceTimersByTime(500);
    it.change();
    vi.advanceTimersByTime(900);
    it.lanes.repeat(performance.now());
    expect(viewer.texts()).toEqual(['first 1', '1', '1', '1', '2']);
  });

  it('are given a frame by the thousand, between which others have their turn, and nobody sees an older one after it', async () => {
    const of = session();
    const viewers = Array.from({ length: 2500 }, () => view(of, { fps: 120 }));
    vi.advanceTimersByTime(100);
    const withVersion = (version: number) => viewers.filter(({ texts }) => texts().at(-1) === String(version)).length;
    of.change();
    expect(withVersion(2)).toBe(1000);
    vi.advanceTimersByTime(100);
    of.change();
    await setImmediatePassed();
    expect([withVersion(2), withVersion(3)]).toEqual([1000, 1000]);
    await setImmediatePassed();
    await setImmediatePassed();
    expect(withVersion(3)).toBe(2500);
    for (const { texts } of viewers.slice(0, 1000)) expect(texts()).toEqual(['first 1', '2', '3']);
    for (const { texts } of viewers.slice(1000)) expect(texts()).toEqual(['first 1', '3']);
  });

  it('leave no lane, no clock and no encoding behind', () => {
    const it = session();
    const viewers = [1, 30, 120].map((fps) => view(it, { fps }));
    it.changeFor(1000, 100);
    for (const { leave } of viewers) leave();
    expect([it.lanesOfIt.size, vi.getTimerCount()]).toEqual([0, 0]);
    const before = it.encoded.length;
    it.changeFor(1000, 100);
    expect(it.encoded.length).toBe(before);
  });
});

describe('a viewer whose wire is full', () => {
  it('is written nothing until it takes, then the newest at once, and delays nobody', () => {
    const it = session();
    const [stalled, other] = [view(it, { fps: 120 }), view(it, { fps: 120 })];
    stalled.stop();
    it.changeFor(5000, 100);
    expect(stalled.texts()).toEqual(['first 1', '2']);
    expect(other.lastSecond()).toBeGreaterThanOrEqual(99);
    vi.advanceTimersByTime(2000);
    stalled.go();
    expect(stalled.texts()).toEqual(['first 1', '2', String(it.latest().version)]);
  });

  it('goes down to one frame a second while it stays full, and back up to its pace when it is not', () => {
    const it = session();
    const viewer = view(it);
    it.changeFor(2000, 100);
    expect(viewer.lastSecond()).toBe(30);
    viewer.stop();
    it.changeFor(10_000, 100);
    viewer.go();
    it.changeFor(1000, 100);
    expect(viewer.lastSecond()).toBeLessThanOrEqual(2);
    const paces: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      it.changeFor(1000, 100);
      paces.push(viewer.lastSecond());
    }
    const since = [3, 10, 30].map((pace) => paces.indexOf(pace));
    expect(since).not.toContain(-1);
    expect(since).toEqual(since.toSorted((a, b) => a - b));
    expect(paces.at(-1)).toBe(30);
    expect(it.lanesOfIt.size).toBe(1);
  });

  it('climbs later each time that it falls again', () => {
    const it = session();
    const viewer = view(it);
    const backAfter = () => {
      viewer.stop();
      it.changeFor(10_000, 100);
      viewer.go();
      for (let second = 1; ; second += 1) {
        it.changeFor(1000, 100);
        if (viewer.lastSecond() >= 30) return second;
      }
    };
    const first = backAfter();
    expect(backAfter()).toBeGreaterThan(first);
  });
});
