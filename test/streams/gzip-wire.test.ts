import { randomBytes } from 'node:crypto';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '../../src/frames/channel.ts';
import type { Frame } from '../../src/frames/frame.ts';
import { createLanes } from '../../src/frames/lanes.ts';
import type { Representation } from '../../src/frames/representation.ts';
import type { Wire } from '../../src/frames/wire.ts';
import { createDeltas } from '../../src/streams/deltas.ts';
import { createGzipWire } from '../../src/streams/gzip-wire.ts';
import { DOUBLED_MULTIPART, MULTIPART } from '../../src/streams/multipart.ts';
import { createTimeShare } from '../../src/streams/time-share.ts';
import { numbers } from '../harness/seeded-numbers.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A wire that keeps what it is given, and is full from when it is told to until it is let go. */
function recordingWire() {
  const written: Buffer[] = [];
  let full = false;
  let taken: (() => void) | null = null;
  const wire: Wire = {
    write(bytes) {
      written.push(bytes);
      return !full;
    },
    whenTaken(then) {
      taken = then;
    },
    end: (bytes) => void written.push(bytes),
    destroy() {},
  };
  return {
    wire,
    written,
    fill() {
      full = true;
    },
    letGo() {
      full = false;
      const then = taken;
      taken = null;
      then?.();
    },
  };
}

const decodedSoFar = (written: readonly Buffer[]) =>
  gunzipSync(Buffer.concat(written), { finishFlush: constants.Z_SYNC_FLUSH });

/** A session of the test's own frames, and viewers who watch it twice: plain, and over gzip. */
function session({ deltas = createDeltas(), svg = '<svg>1</svg>' } = {}) {
  const inIt = new Set<Viewer>();
  const channel = { add: (lane: Viewer) => inIt.add(lane), remove: (lane: Viewer) => inIt.delete(lane) };
  const lanes = createLanes(channel, { delivered: 0, skipped: 0 });
  const frameOf = (version: number, picture: string): Frame => ({
    ...{ sessionId: { owner: null, name: 'x' }, epoch: 'e', renderedAt: 0, version, svg: picture },
  });
  let latest = frameOf(1, svg);
  return {
    repeat: () => lanes.repeat(performance.now()),
    change(picture: string) {
      latest = frameOf(latest.version + 1, picture);
      for (const lane of inIt) lane.frame(latest);
    },
    end() {
      for (const lane of [...inIt]) lane.end('gone');
    },
    join({ representation = MULTIPART, fps = 30, keepAliveMs = 0, delayedStartMs = 0 } = {}) {
      const [plain, coded] = [recordingWire(), recordingWire()];
      const options = { representation, fps, keepAliveMs, delayedStartMs };
      const leaves = [
        lanes.join(plain.wire, latest, options),
        lanes.join(createGzipWire(coded.wire, deltas), latest, options),
      ];
      return {
        plain: plain.written,
        coded: coded.written,
        both: [plain, coded],
        leave() {
          for (const leave of leaves) leave();
        },
      };
    },
  };
}

type Watching = ReturnType<ReturnType<typeof session>['join']>;

/** Pictures as they follow each other, and such as no delta or no window is made for. */
function pictures(random: (below: number) => number) {
  let rows = ['', '', '', '', '', '', '', ''];
  const wrapped = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
  return () => {
    const kind = random(20);
    if (kind === 0) return wrapped(randomBytes(random(90_000)).toString('base64'));
    if (kind === 1) return wrapped('<rect width="1"/>'.repeat(random(20_000)));
    if (kind === 2) return wrapped('');
    if (kind === 3) rows = rows.map(() => '<text x="4">é🌡</text>'.repeat(random(300)));
    else rows[random(rows.length)] = `<text y="${random(99)}">${random(1e9)}</text>`.repeat(random(9));
    return wrapped(rows.join(''));
  };
}

/** By which each piece of work takes 10 ms. */
function clock() {
  let at = 0;
  return () => {
    at += 10;
    return at;
  };
}

/** A stream as browsers decode it: piece by piece, each as it comes. */
async function gunzippedInPieces(bytes: Buffer, random: (below: number) => number): Promise<Buffer> {
  const gunzip = createGunzip();
  const decoded: Buffer[] = [];
  gunzip.on('data', (chunk) => decoded.push(chunk));
  const ended = new Promise((resolve, reject) => gunzip.once('end', resolve).once('error', reject));
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + random(random(2) === 0 ? 7 : 5000);
    gunzip.write(bytes.subarray(at, next));
    at = next;
  }
  gunzip.end();
  await ended;
  return Buffer.concat(decoded);
}

/** The end of a sync flush: the length of an empty block (RFC 1951, section 3.2.4). */
const FLUSHED = Buffer.from([0, 0, 0xff, 0xff]);
const HEARTBEAT = Buffer.from('\n');
const BEATING: Representation = { ...MULTIPART, repeat: () => HEARTBEAT };
const REPRESENTATIONS = [MULTIPART, MULTIPART, DOUBLED_MULTIPART, BEATING];

describe('a stream over gzip', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))(
    'decodes at every moment to the plain one, whoever joins, skips, stalls and leaves (seed %i)',
    async (seed) => {
      const random = numbers(seed);
      const picture = pictures(random);
      const time = seed % 4 === 0 ? createTimeShare(0.6, clock()) : createTimeShare(1, () => 0);
      const it = session({ svg: picture(), deltas: createDeltas(time) });
      const watching: Watching[] = [];
      const ended: Watching[] = [];
      const one = () => watching[random(watching.length)];
      const steps = [
        () =>
          watching.push(
            it.join({
              representation: REPRESENTATIONS[random(REPRESENTATIONS.length)] ?? MULTIPART,
              fps: [120, 120, 30, 7][random(4)] ?? 120,
              keepAliveMs: random(2) * 1000,
              delayedStartMs: random(2) * random(300),
            }),
          ),
        () => one()?.both.forEach((wire) => void wire.fill()),
        () => one()?.both.forEach((wire) => void wire.letGo()),
        () => {
          vi.advanceTimersByTime(1000);
          it.repeat();
        },
        () => {
          const leaving = watching.splice(random(watching.length), random(2));
          for (const viewer of leaving) viewer.leave();
          ended.push(...leaving);
        },
      ];
      for (let step = 0; step < 150; step += 1) {
        if (random(3) === 0) steps[random(steps.length)]?.();
        else it.change(picture());
        vi.advanceTimersByTime(random(40));
        for (const { plain, coded } of watching) {
          if (random(10) === 0) expect(decodedSoFar(coded).equals(Buffer.concat(plain))).toBe(true);
        }
      }
      // What every decoder takes for the sign to hand over what it has.
      for (const { coded } of watching) expect(coded.every((bytes) => bytes.subarray(-4).equals(FLUSHED))).toBe(true);
      it.end();
      for (const { plain, coded } of ended) expect(decodedSoFar(coded).equals(Buffer.concat(plain))).toBe(true);
      vi.useRealTimers();
      for (const { plain, coded } of watching) {
        // Fails, too, when length and checksum at the end are not those of all that was sent.
        const decoded = await gunzippedInPieces(Buffer.concat(coded), random);
        expect(decoded.equals(Buffer.concat(plain))).toBe(true);
        expect(decoded.toString('latin1').endsWith('--frame--\r\n')).toBe(true);
      }
    },
  );

  const row = (n: number) => `<text y="${n}">a picture that is not the same from row to row: ${n * n * 7919}</text>`;
  const dashboard = (n: number) => `<svg>${Array.from({ length: 40 }, (_, at) => row(at)).join('')}${n}</svg>`;

  it('is the same Buffer for all viewers in step, and a fraction of the picture', () => {
    const it = session({ svg: dashboard(0) });
    const viewers = Array.from({ length: 20 }, () => it.join({ fps: 120 }));
    for (let n = 1; n <= 5; n += 1) {
      vi.advanceTimersByTime(100);
      it.change(dashboard(n));
    }
    vi.advanceTimersByTime(100);
    const [one, ...others] = viewers.map(({ coded }) => coded.slice(1));
    expect(one).toHaveLength(5);
    for (const other of others) expect(other.every((bytes, at) => bytes === one?.[at])).toBe(true);
    for (const bytes of one ?? []) expect(bytes.length).toBeLessThan(dashboard(1).length / 30);
  });

  it('makes no more than two deltas of a frame for those who are out of step; others get one whole', () => {
    const it = session({ svg: dashboard(0) });
    const late = [];
    for (let n = 1; n <= 9; n += 1) {
      late.push(it.join({ fps: 120, delayedStartMs: 1000 - n * 100 }));
      vi.advanceTimersByTime(100);
      it.change(dashboard(n));
    }
    // The last one began with the frame that the others were given next.
    const second = late.slice(0, -1).map(({ coded }) => coded[1]);
    expect(second).not.toContain(undefined);
    expect(new Set(second).size).toBe(3);
  });

  it('repeats a frame in a few bytes', () => {
    const it = session({ svg: dashboard(0) });
    const viewer = it.join({ keepAliveMs: 1000 });
    for (let repeat = 0; repeat < 3; repeat += 1) {
      vi.advanceTimersByTime(1000);
      it.repeat();
    }
    const sizes = viewer.coded.slice(2).map(({ length }) => length);
    expect(sizes).toHaveLength(2);
    for (const size of sizes) expect(size).toBeLessThan(dashboard(1).length / 30);
  });

  it('is what the plain one is, and ten bytes a frame, while there is no time to deflate', () => {
    const it = session({ svg: dashboard(0), deltas: createDeltas(createTimeShare(0, clock())) });
    const viewer = it.join({ fps: 120 });
    for (let n = 1; n <= 5; n += 1) {
      vi.advanceTimersByTime(100);
      it.change(dashboard(n));
    }
    const more = viewer.coded.map(({ length }, at) => length - (viewer.plain[at]?.length ?? 0));
    expect(more.slice(2)).toEqual([10, 10, 10, 10]);
  });

  it('deflates in its share of the time and sends the rest whole, none of them later', () => {
    let spentMs = 0;
    const time = createTimeShare(0.25, () => performance.now() + spentMs);
    const deflate = <T>(work: () => T) => {
      spentMs += 5;
      return work();
    };
    const deltas = createDeltas({ spend: (work) => time.spend(() => deflate(work)) });
    const it = session({ svg: dashboard(0), deltas });
    const viewer = it.join({ fps: 120 });
    for (let n = 1; n <= 200; n += 1) {
      vi.advanceTimersByTime(10);
      it.change(dashboard(n));
      expect(viewer.coded).toHaveLength(viewer.plain.length);
    }
    const deflated = viewer.coded.filter(({ length }, at) => length < (viewer.plain[at]?.length ?? 0));
    expect(deflated.length).toBe(spentMs / 5);
    // Of the two seconds and of what it took itself, and with it 20 ms saved before and the last one begun in time.
    expect(spentMs).toBeLessThanOrEqual(0.25 * (2000 + spentMs) + 20 + 5);
    expect(spentMs).toBeGreaterThan(500);
  });

  it('does not deflate a frame of more than 256 KB, which would hold up everybody else', () => {
    const it = session({ svg: dashboard(0) });
    const viewer = it.join({ fps: 120 });
    for (const kilobytes of [200, 300]) {
      vi.advanceTimersByTime(100);
      it.change(`<svg>${' '.repeat(kilobytes * 1024)}</svg>`);
    }
    const more = viewer.coded.map(({ length }, at) => length - (viewer.plain[at]?.length ?? 0));
    expect(more[1]).toBeLessThan(-200_000);
    // Five bytes for each 64 KB, and the flush.
    expect(more[2]).toBe(30);
  });
});
