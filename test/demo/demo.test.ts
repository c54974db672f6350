import { describe, expect, type TestContext, test } from 'vitest';
import { startDemo } from '../../src/demo/demo.ts';
import { Refusal } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import type { Log } from '../../src/log.ts';
import { createTemplates } from '../../src/rendering/templates.ts';
import type { SessionId } from '../../src/sessions/session-id.ts';
import { createSessions, type Sessions } from '../../src/sessions/sessions.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { NO_QUOTAS } from '../../src/storage/quotas.ts';
import type { StoredFrame } from '../../src/storage/session-store.ts';
import { ANONYMOUS } from '../harness/callers.ts';

const DEMO: SessionId = { owner: null, name: 'demo' };
const NOON = Date.UTC(2026, 10, 27, 12, 0, 0);

interface Stage {
  readonly sessions: Sessions;
  /** What was logged at any level. */
  readonly logged: readonly string[];
  /** What was logged as a warning. */
  readonly warned: readonly string[];
  readonly log: Log;
  /** The stored args of the demo. */
  args(): Promise<JsonObject>;
  /** The next frames that the store announces. */
  nextFrames(count: number): Promise<readonly StoredFrame[]>;
  nextFrame(): Promise<StoredFrame>;
  /** Brings the store's clock forward. */
  pass(ms: number): void;
  /** A demo that begins now and believes it is noon. */
  start(changes?: { sessions?: Sessions; aheadMs?: number }): ReturnType<typeof startDemo>;
}

async function stage(
  { onTestFinished }: TestContext,
  { maxArgsBytes = 10_000, maxPublicSessions = 9 } = {},
): Promise<Stage> {
  let passedMs = 0;
  const storage = await openEmbeddedStorage({
    dataDir: ':memory:',
    quotas: { ...NO_QUOTAS, maxPublicSessions },
    clock: () => Date.now() + passedMs,
  });
  const templates = createTemplates({ maxFrameBytes: 1_000_000, maxSteps: 100_000 });
  const sessions = createSessions(storage.sessions, templates, { maxTemplateBytes: 100_000, maxArgsBytes });
  const logged: string[] = [];
  const note = (fields: object) => logged.push(JSON.stringify(fields));
  const warned: string[] = [];
  const warn = (fields: object) => warned.push(JSON.stringify(fields)) + note(fields);
  const log: Log = { debug: note, info: note, warn, error: note };
  onTestFinished(() => storage.close());
  const beganAt = performance.now();

  async function nextFrames(count: number) {
    const frames: StoredFrame[] = [];
    let done: () => void;
    const complete = new Promise<void>((resolve) => {
      done = resolve;
    });
    const frame = (each: StoredFrame) => {
      frames.push(each);
      if (frames.length === count) done();
    };
    const stop = await storage.sessions.watch(DEMO, { frame, gone() {} });
    await complete;
    stop();
    return frames;
  }

  return {
    sessions,
    logged,
    warned,
    log,
    args: async () => JSON.parse((await sessions.get(DEMO))?.args ?? 'null'),
    nextFrames,
    async nextFrame() {
      const [frame] = await nextFrames(1);
      return frame as StoredFrame;
    },
    pass(ms) {
      passedMs += ms;
    },
    start(changes = {}) {
      const { sessions: its = sessions, aheadMs = 0 } = changes;
      const now = () => new Date(NOON + aheadMs + performance.now() - beganAt);
      const demo = startDemo({ sessions: its, log, now });
      onTestFinished(demo.stop);
      return demo;
    },
  };
}

/** The second of the day, by the title of the picture. */
function secondOf({ svg }: StoredFrame): number {
  const [, hours, minutes, seconds] = /: (\d\d):(\d\d):(\d\d) UTC<\/title>/.exec(svg) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function expectToGoOn(frames: readonly StoredFrame[]) {
  const seconds = frames.map(secondOf);
  expect(seconds).toEqual([...new Set(seconds)].sort((a, b) => a - b));
}

// Each waits for seconds to begin, so they wait together.
describe.concurrent('the demo', () => {
  test('it begins a public session and shows the time', async (context) => {
    const { sessions, start } = await stage(context);
    const demo = start();
    expect(demo.id).toEqual(DEMO);
    await demo.ready;
    const session = await sessions.get(DEMO);
    expect(session?.version).toBe(1);
    expect(session?.svg).toContain('Friday');
    expect(secondOf(session as StoredFrame & typeof session)).toBe(43_200);
    expect(session?.warnings).toEqual([]);
  });

  test('on a store without a free place it warns once, and begins when there is one', async (context) => {
    const { sessions, logged, warned, nextFrame, pass, start } = await stage(context, { maxPublicSessions: 1 });
    const board = { name: 'board', public: true, template: '<svg/>', args: {}, ttlMs: 60_000 };
    await sessions.create(ANONYMOUS, board);
    const frame = nextFrame();
    await start().ready;
    expect(warned).toEqual([expect.stringContaining('MAX_PUBLIC_SESSIONS is 1')]);
    pass(60_000);
    await frame;
    expect(logged).toEqual(warned);
  });

  test('the clock and the line move on together', async (context) => {
    const { args, nextFrame, start } = await stage(context);
    await start().ready;
    const before = await args();
    expect(secondOf(await nextFrame())).toBeGreaterThan(43_200);
    const after = await args();
    const passed = Number(after.second) - Number(before.second);
    expect((after.history as number[]).slice(0, -passed)).toEqual((before.history as number[]).slice(passed));
  });

  test('what a visitor pushes stays visible', async (context) => {
    const { sessions, nextFrame, start } = await stage(context);
    await start().ready;
    await sessions.update(ANONYMOUS, DEMO, { patch: { message: 'Hello from a test', accent: '#f472b6', mine: [1] } });
    const { svg } = await nextFrame();
    expect(svg).toContain('Hello from a test');
    expect(svg).toContain('color="#f472b6"');
  });

  test('a visitor who replaces all args gets the time back with the next second', async (context) => {
    const { sessions, nextFrame, start } = await stage(context);
    await start().ready;
    const { svg } = await sessions.update(ANONYMOUS, DEMO, { args: { title: 'Mine' } });
    expect(svg).toContain('>Mine<');
    const next = await nextFrame();
    expect(next.svg).toContain('>Mine<');
    expect(secondOf(next)).toBeGreaterThanOrEqual(43_200);
  });

  test.for([
    { accent: 'nonsense', title: ['a', { b: 1 }], message: { deep: [] } },
    { accent: 'rgb(1, 2)', title: '<b>&amp;<script>', message: 'x'.repeat(300) },
    { accent: null, title: null, message: null },
    { accent: 7, title: false, message: 0, history: 'zigzag', clock: { a: 1 }, date: [] },
  ])('nonsense from a visitor leaves a picture: %j', async (args, context) => {
    const { sessions, nextFrame, start } = await stage(context);
    await start().ready;
    await sessions.update(ANONYMOUS, DEMO, { args });
    const { svg } = await nextFrame();
    expect(svg).toMatch(/^<svg [^>]*color="#38bdf8"/);
    expect(svg).toMatch(/<polyline points="-10,\d[\d.]*( \d+,\d[\d.]*){61} ?"/);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<b>');
  });

  test('an accent that is no CSS is refused, and the picture stays', async (context) => {
    const { sessions, nextFrame, start } = await stage(context);
    await start().ready;
    await expect(sessions.update(ANONYMOUS, DEMO, { args: { accent: '"/><script>' } })).rejects.toThrow(/plain colour/);
    expect((await nextFrame()).svg).toContain('<g color="#38bdf8">');
  });

  test('args that leave no room for the next second give way to fresh ones', async (context) => {
    const { sessions, nextFrame, start } = await stage(context, { maxArgsBytes: 2000 });
    await start().ready;
    await sessions.update(ANONYMOUS, DEMO, { args: { message: 'Full', padding: 'x'.repeat(1900) } });
    const { svg } = await nextFrame();
    expect(svg).not.toContain('Full');
    expect(secondOf({ svg } as StoredFrame)).toBeGreaterThanOrEqual(43_200);
  });

  test('a session that has expired is begun anew', async (context) => {
    const { sessions, nextFrame, pass, start } = await stage(context);
    await start().ready;
    const before = await sessions.get(DEMO);
    pass(31_000);
    expect(await sessions.get(DEMO)).toBeNull();
    const { epoch, version } = await nextFrame();
    expect(epoch).not.toBe(before?.epoch);
    expect(version).toBe(1);
  });

  test('it does not write into a session with another template, and takes over when that one has ended', async (context) => {
    const { sessions, logged, nextFrame, pass, start } = await stage(context);
    const older = { name: 'demo', public: true, template: '<svg>{{ clock }}</svg>', args: {}, ttlMs: 60_000 };
    await sessions.create(ANONYMOUS, older);
    await start().ready;
    expect((await sessions.get(DEMO))?.version).toBe(1);
    expect(logged).toEqual([expect.stringContaining('another template')]);
    pass(61_000);
    expect((await nextFrame()).svg).toContain('UTC</title>');
  });

  test('two servers with the demo on one store show each second once', async (context) => {
    const { nextFrames, start } = await stage(context);
    await Promise.all([start().ready, start({ aheadMs: 1 }).ready]);
    const frames = await nextFrames(3);
    const versions = frames.map(({ version }) => version);
    expect(versions).toEqual([0, 1, 2].map((n) => (versions[0] ?? 0) + n));
    expectToGoOn(frames);
  });

  test('of two servers whose clocks differ the one ahead leads, and the time never goes back', async (context) => {
    const { nextFrames, start } = await stage(context);
    await start({ aheadMs: 3000 }).ready;
    await start().ready;
    const frames = await nextFrames(3);
    expect(secondOf(frames[0] as StoredFrame)).toBeGreaterThan(43_203);
    expectToGoOn(frames);
  });

  test('a visitor who pushes a time to come does not stop the clock', async (context) => {
    const { sessions, nextFrame, start } = await stage(context);
    await start().ready;
    await sessions.update(ANONYMOUS, DEMO, { patch: { second: 9e9, clock: '99:99:99' } });
    expect(secondOf(await nextFrame())).toBeLessThan(43_210);
  });

  test('while the store is away it says so once, and goes on when the store is back', async (context) => {
    const { sessions, logged, nextFrame, start } = await stage(context);
    let failures = 0;
    let isAway = true;
    let failedTwice: () => void;
    const twice = new Promise<void>((resolve) => {
      failedTwice = resolve;
    });
    const flaky: Sessions = {
      ...sessions,
      async get(id) {
        if (!isAway) return sessions.get(id);
        failures += 1;
        if (failures === 2) failedTwice();
        throw new Refusal('UNAVAILABLE', 'The store cannot be reached.');
      },
    };
    await start({ sessions: flaky }).ready;
    await twice;
    isAway = false;
    expect((await nextFrame()).version).toBe(1);
    expect(logged).toEqual([expect.stringContaining('The store cannot be reached')]);
  });
});
