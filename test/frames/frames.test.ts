import { describe, expect, it, onTestFinished } from 'vitest';
import type { EndReason } from '../../src/frames/channel.ts';
import { createFrames } from '../../src/frames/frames.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { SessionStore } from '../../src/storage/session-store.ts';
import { silentLog } from '../harness/silent-log.ts';

const ID = { owner: null, name: 'watched' };

async function openStore(): Promise<SessionStore> {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  onTestFinished(() => storage.close());
  return storage.sessions;
}

async function begin(store: SessionStore, epoch: string, ttlMs: number | null = null) {
  const content = { template: '<svg/>', args: '{}', svg: `<svg>${epoch} 1</svg>`, warnings: [] };
  await store.write({ id: ID, expect: { is: 'absent', newEpoch: epoch }, ...content, ttlMs });
}

async function write(store: SessionStore, epoch: string, svg: string) {
  const expectation = { is: 'revision', epoch, revision: 1 } as const;
  const outcome = await store.write({ id: ID, expect: expectation, args: '{}', svg, warnings: [] });
  expect(outcome.written).toBe(true);
}

function open(store: SessionStore, lingerMs?: number) {
  const frames = createFrames(store, silentLog, lingerMs === undefined ? {} : { lingerMs });
  onTestFinished(() => frames.close());
  return frames;
}

/** A viewer that remembers what it saw. */
function witness() {
  const seen: string[] = [];
  let end: (reason: EndReason) => void = () => {};
  const ended = new Promise<EndReason>((resolve) => {
    end = resolve;
  });
  return {
    seen,
    ended,
    frame: (frame: { svg: string }) => seen.push(frame.svg),
    end: (reason: EndReason) => end(reason),
  };
}

describe('the frames of a session', () => {
  it('begin with the current one and go on with every newer one', async () => {
    const store = await openStore();
    await begin(store, 'one');
    const viewer = witness();
    await open(store).watch(ID, viewer);
    for (const n of [2, 3, 4]) await write(store, 'one', `<svg>${n}</svg>`);
    expect(viewer.seen).toEqual(['<svg>one 1</svg>', '<svg>2</svg>', '<svg>3</svg>', '<svg>4</svg>']);
  });

  it('are null without a session', async () => {
    const frames = open(await openStore());
    expect(await frames.watch(ID, witness())).toBeNull();
    expect(await frames.current(ID)).toBeNull();
  });

  it('reach a viewer even when no announcement arrives', async () => {
    const store = await openStore();
    await begin(store, 'one');
    const viewer = witness();
    await open({ ...store, watch: async () => () => {} }).watch(ID, viewer);
    await write(store, 'one', '<svg>unheard</svg>');
    await expect.poll(() => viewer.seen, { timeout: 5000 }).toEqual(['<svg>one 1</svg>', '<svg>unheard</svg>']);
  });

  it('stay in order when announcements come late, twice or in disorder', async () => {
    const store = await openStore();
    await begin(store, 'one');
    let announce: Parameters<SessionStore['watch']>[1] | undefined;
    const viewer = witness();
    const disorderly: SessionStore = {
      ...store,
      async watch(id, watcher) {
        announce = watcher;
        return store.watch(id, { frame() {}, gone() {} });
      },
    };
    await open(disorderly).watch(ID, viewer);
    const frame = (version: number) => ({
      epoch: 'one',
      version,
      renderedAt: 0,
      svg: `<svg>${version}</svg>`,
      access: 0,
    });
    for (const version of [3, 2, 3, 1, 5, 4, 5]) announce?.frame(frame(version));
    expect(viewer.seen).toEqual(['<svg>one 1</svg>', '<svg>3</svg>', '<svg>5</svg>']);
  });

  it.each(['deleted', 'expired'])('end when the session is %s', async (how) => {
    const store = await openStore();
    await begin(store, 'one', how === 'expired' ? 300 : null);
    const viewer = witness();
    await open(store).watch(ID, viewer);
    if (how === 'deleted') await store.delete(ID);
    expect(await viewer.ended).toBe('gone');
  });

  it('end for the viewers of an earlier life when the name is used again', async () => {
    const store = await openStore();
    await begin(store, 'one');
    const viewer = witness();
    const frames = open({ ...store, watch: async (id, { frame }) => store.watch(id, { frame, gone() {} }) });
    await frames.watch(ID, viewer);
    await store.delete(ID);
    await begin(store, 'two');
    expect(await viewer.ended).toBe('gone');
    expect(viewer.seen).toEqual(['<svg>one 1</svg>']);
    const next = witness();
    await frames.watch(ID, next);
    expect(next.seen).toEqual(['<svg>two 1</svg>']);
  });

  it.each([0, 1])(
    'come to one who joins in the moment in which the last one leaves, %i ms of linger',
    async (linger) => {
      const store = await openStore();
      await begin(store, 'one');
      const frames = open(store, linger);
      for (let round = 0; round < 20; round += 1) {
        const [first, second] = [witness(), witness()];
        const joining = frames.watch(ID, first).then((leave) => leave?.());
        const joined = frames.watch(ID, second);
        await joining;
        const leave = await joined;
        expect(second.seen).toEqual(['<svg>one 1</svg>']);
        leave?.();
      }
    },
  );

  it('end with the process, and for whoever comes after', async () => {
    const store = await openStore();
    await begin(store, 'one');
    const frames = open(store);
    const [viewer, late] = [witness(), witness()];
    await frames.watch(ID, viewer);
    frames.close();
    await frames.watch(ID, late);
    expect(await Promise.all([viewer.ended, late.ended])).toEqual(['shutdown', 'shutdown']);
  });
});
