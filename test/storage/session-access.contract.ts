import { expect, test } from 'vitest';
import type { NewViewLink } from '../../src/storage/session-access.ts';
import { type Backend, begin, open, owned, push, recordingWatcher, SHORT_TTL_MS } from './backend.ts';

const id = owned('alice', 'card');
const MAX = 3;

const link = (linkId: string, rest: Partial<NewViewLink> = {}): NewViewLink => ({
  ...{ linkId, expiresAt: null, maxFps: null },
  ...rest,
});

/** Who may see a session. */
export function sessionAccessContract(backend: Backend) {
  test('a session is public unless it begins private; each turn counts, and other writes leave it as it stands', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    const never = { epoch: 'e1', visibility: 'public', access: 0, links: [] };
    expect(await sessions.access(id)).toEqual(never);
    expect(await sessions.access(open('card'))).toBeNull();

    await sessions.write(push(id, 1, 2, { visibility: 'public' }));
    expect(await sessions.access(id)).toEqual(never);
    const turned = await sessions.write(push(id, 1, 3, { visibility: 'private' }));
    expect(turned).toMatchObject({ written: true, head: { version: 3, visibility: 'private', access: 1 } });
    await sessions.write(push(id, 1, 4));
    expect(await sessions.access(id)).toEqual({ ...never, visibility: 'private', access: 1 });
    expect(await sessions.get(id)).toMatchObject({ version: 4, visibility: 'private', access: 1 });
    expect(await sessions.frame(id)).toMatchObject({ version: 4, access: 1 });
    expect(await sessions.stamps([id])).toEqual([{ epoch: 'e1', version: 4, access: 1 }]);
    for (const sort of ['change', 'name'] as const) {
      const { entries } = await sessions.list('alice', { first: 9, sort });
      expect(entries.map(({ head }) => head.visibility)).toEqual(['private']);
    }
    await sessions.write(push(id, 1, 5, { visibility: 'public' }));
    expect(await sessions.access(id)).toEqual({ ...never, access: 2 });

    const other = owned('alice', 'other');
    await sessions.write(begin(other, { visibility: 'private' }));
    expect(await sessions.access(other)).toEqual({ ...never, visibility: 'private', access: 1 });
  });

  test('a refused write turns nothing', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    expect(await sessions.write(push(id, 9, 2, { visibility: 'private' }))).toMatchObject({ written: false });
    expect(await sessions.access(id)).toMatchObject({ visibility: 'public', access: 0 });
  });

  test('links are kept in their order with the session, whole, and none is added to another life of its name', async () => {
    const { sessions } = await backend.fresh();
    expect(await sessions.addLink(id, 'e1', link('a'), MAX)).toBeNull();
    await sessions.write(begin(id));
    const first = await sessions.addLink(id, 'e1', link('a'), MAX);
    const far = Date.now() + 3_600_000;
    const second = await sessions.addLink(id, 'e1', link('b', { expiresAt: far, maxFps: 10 }), MAX);
    expect(first).toMatchObject({ linkId: 'a', expiresAt: null, maxFps: null, createdAt: expect.any(Number) });
    expect(second).toMatchObject({ linkId: 'b', expiresAt: far, maxFps: 10 });
    expect(await sessions.addLink(id, 'e0', link('c'), MAX)).toBeNull();
    // That somebody may see more takes nothing from anybody, so nobody is told.
    expect(await sessions.access(id)).toEqual({ epoch: 'e1', visibility: 'public', access: 0, links: [first, second] });
    await sessions.write(push(id, 1, 2));
    expect((await sessions.access(id))?.links).toEqual([first, second]);
    expect((await (await backend.again()).sessions.access(id))?.links).toEqual([first, second]);

    await sessions.delete(id);
    expect(await sessions.access(id)).toBeNull();
    await sessions.write(begin(id, { epoch: 'e2' }));
    expect(await sessions.access(id)).toEqual({ epoch: 'e2', visibility: 'public', access: 0, links: [] });
  });

  test('a session that has expired takes its links with it, and its successor is public', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id, { ttlMs: SHORT_TTL_MS, visibility: 'private' }));
    await sessions.addLink(id, 'e1', link('a'), MAX);
    await backend.untilExpired(sessions, id);
    expect(await sessions.access(id)).toBeNull();
    expect(await sessions.addLink(id, 'e1', link('b'), MAX)).toBeNull();
    expect(await sessions.removeLink(id, 'a')).toBe(false);
    await sessions.write(begin(id, { epoch: 'e2' }));
    expect(await sessions.access(id)).toEqual({ epoch: 'e2', visibility: 'public', access: 0, links: [] });
  });

  test('a session has so many links and no more, however many ask at once; those that have expired count nothing', async () => {
    const { sessions } = await backend.fresh();
    const there = (await backend.again()).sessions;
    await sessions.write(begin(id));
    const soon = await sessions.frame(id).then((frame) => (frame?.renderedAt ?? 0) + SHORT_TTL_MS);
    const asked = Array.from({ length: 10 }, (_, n) =>
      (n % 2 ? sessions : there).addLink(id, 'e1', link(`l${n}`, { expiresAt: soon }), MAX),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'full')).toHaveLength(10 - MAX);
    await backend.later(2 * SHORT_TTL_MS);
    const added = await sessions.addLink(id, 'e1', link('late'), MAX);
    expect((await sessions.access(id))?.links).toEqual([added]);
  });

  test('a link is removed once, which is announced by the frame as it stands', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id, { visibility: 'private' }));
    const kept = await sessions.addLink(id, 'e1', link('kept'), MAX);
    await sessions.addLink(id, 'e1', link('lost'), MAX);
    const seen = recordingWatcher();
    await sessions.watch(id, seen.watcher);
    expect(await sessions.removeLink(id, 'none')).toBe(false);
    expect(await sessions.removeLink(owned('bob', 'card'), 'lost')).toBe(false);
    expect(await sessions.removeLink(id, 'lost')).toBe(true);
    expect(await sessions.removeLink(id, 'lost')).toBe(false);
    await seen.untilVersion(1);
    expect(seen.frames[0]).toEqual(await sessions.frame(id));
    expect(seen.frames[0]).toMatchObject({ version: 1, access: 2, svg: '<svg>1</svg>' });
    expect(await sessions.access(id)).toEqual({ epoch: 'e1', visibility: 'private', access: 2, links: [kept] });
    expect(await sessions.stamps([id])).toEqual([{ epoch: 'e1', version: 1, access: 2 }]);
  });

  test.each([
    ['small', 10],
    ['too large to announce', 70_000],
  ])('a write that turns a session is announced with how it stands then: a frame %s', async (_, bytes) => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(id));
    const seen = recordingWatcher();
    await sessions.watch(id, seen.watcher);
    await sessions.write(push(id, 1, 2, { svg: 'x'.repeat(bytes), visibility: 'private' }));
    await seen.untilVersion(2);
    expect(seen.frames.at(-1)).toEqual(await sessions.frame(id));
    expect(seen.frames.at(-1)?.access).toBe(1);
  });
}
