import { expect, test } from 'vitest';
import { type Backend, begin, open, owned, push, recordingWatcher } from './backend.ts';

const id = owned('alice', 'card');

/** What a watcher is told. */
export function sessionWatchContract(backend: Backend) {
  test('who watches is told of each write, with the frame as it is stored, and of the deletion', async () => {
    const { sessions } = await backend.fresh();
    const seen = recordingWatcher();
    await sessions.watch(id, seen.watcher);
    await sessions.write(begin(id));
    await seen.untilVersion(1);
    expect(seen.frames.at(-1)).toEqual(await sessions.frame(id));
    await sessions.write(push(id, 1, 2));
    await seen.untilVersion(2);
    expect(seen.frames.at(-1)).toEqual(await sessions.frame(id));
    expect(seen.ended).toEqual([]);
    await sessions.delete(id);
    await seen.untilGone();
    expect(seen.ended).toEqual(['e1']);
    await sessions.write(begin(id, { epoch: 'e2' }));
    await seen.untilVersion(1);
  });

  test.each([
    ['empty', 0],
    ['of 64 KiB', 65_536],
    ['of one byte more', 65_537],
    ['of 100 KiB', 102_400],
    ['of 2 MiB', 2_097_152],
  ])('a frame %s arrives whole', async (_, bytes) => {
    const { sessions } = await backend.fresh();
    const seen = recordingWatcher();
    await sessions.watch(id, seen.watcher);
    const svg = `é\n`.repeat(Math.floor(bytes / 3)).padEnd(bytes - Math.floor(bytes / 3), 'x');
    expect(Buffer.byteLength(svg)).toBe(bytes);
    await sessions.write(begin(id, { svg }));
    await seen.untilVersion(1);
    expect(seen.frames[0]?.svg === svg).toBe(true);
  });

  test('refused writes and other sessions are not announced', async () => {
    const { sessions } = await backend.fresh();
    const seen = recordingWatcher();
    await sessions.write(begin(id));
    await sessions.watch(id, seen.watcher);
    await sessions.write(begin(id, { svg: '<svg>no</svg>' }));
    await sessions.write(begin(open('card'), { svg: '<svg>no</svg>' }));
    await sessions.write(begin(owned('card', 'alice'), { svg: '<svg>no</svg>' }));
    await sessions.write(push(id, 1, 2));
    await seen.untilVersion(2);
    expect(seen.frames.map(({ svg }) => svg)).toEqual(['<svg>2</svg>']);
    expect(seen.ended).toEqual([]);
  });

  test('one who stops is told nothing more, stops once only, and the others stay', async () => {
    const { sessions } = await backend.fresh();
    const [leaver, stayer] = [recordingWatcher(), recordingWatcher()];
    const stop = await sessions.watch(id, leaver.watcher);
    await sessions.watch(id, stayer.watcher);
    await sessions.write(begin(id));
    await Promise.all([leaver.untilVersion(1), stayer.untilVersion(1)]);
    stop();
    stop();
    await sessions.write(push(id, 1, 2));
    await stayer.untilVersion(2);
    expect(leaver.frames.map(({ version }) => version)).toEqual([1]);
  });

  test('a watcher may come, go and come again, all at once', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    for (let n = 2; n < 12; n += 1) {
      const passing = sessions.watch(id, recordingWatcher().watcher);
      const seen = recordingWatcher();
      const watching = sessions.watch(id, seen.watcher);
      (await passing)();
      const stop = await watching;
      await sessions.write(push(id, 1, n));
      await seen.untilVersion(n);
      stop();
    }
  });

  test('the same watcher given twice is told twice, and stopped one by one', async () => {
    const { sessions } = await backend.fresh();
    const seen = recordingWatcher();
    const stop = await sessions.watch(id, seen.watcher);
    await sessions.watch(id, seen.watcher);
    stop();
    await sessions.write(begin(id));
    await seen.untilVersion(1);
    expect(seen.frames).toHaveLength(1);
  });

  test('writes one after another are announced in the order of their versions', async () => {
    const { sessions } = await backend.fresh();
    const seen = recordingWatcher();
    await sessions.watch(id, seen.watcher);
    await sessions.write(begin(id));
    await Promise.all(Array.from({ length: 40 }, (_, n) => sessions.write(push(id, 1, n))));
    await seen.untilVersion(41);
    expect(seen.frames.map(({ version }) => version)).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
  });
}
