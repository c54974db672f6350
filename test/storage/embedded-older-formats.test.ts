import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, type SessionRecord } from '../../src/storage/embedded/database.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { argsIn, svgIn } from '../../src/storage/embedded/session-contents.ts';
import { begin, only, open, owned, push } from './backend.ts';

const SESSIONS = 450;
const ids = Array.from({ length: SESSIONS }, (_, n) => (n % 2 === 0 ? owned('alice', `s${n}`) : open(`s${n}`)));

/** A folder as format 1 left it, or one that was being taken over when its server was killed: `moved` are behind that already. */
async function olderFolder(moved: number) {
  const dataDir = mkdtempSync(join(tmpdir(), 'older-formats-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const { sessions, close } = await openEmbeddedStorage({ dataDir });
  for (const [n, id] of ids.entries()) {
    const svg = `<svg>${'ü'.repeat(n)}</svg>`;
    await sessions.write(begin(id, { args: `{"é":${n}}`, svg, ttlMs: n % 3 === 0 ? 60_000 : 120_000 }));
  }
  await sessions.delete(owned('alice', 's448'));
  const before = await contentsOf(dataDir, sessions);
  await close();

  const db = openDatabase(join(dataDir, 'store.mdb'), true);
  await db.transaction(() => {
    for (const key of [...db.contents.getKeys()].slice(0, SESSIONS - 1 - moved)) {
      const content = db.contents.get(key) ?? Buffer.alloc(4);
      db.args.putSync(key, argsIn(content));
      db.frames.putSync(key, svgIn(content));
      db.contents.removeSync(key);
    }
    for (const { key, value } of [...db.sessions.getRange()]) {
      const { dueAt: _, ...older } = value;
      db.sessions.putSync(key, older as SessionRecord);
    }
    const { change, ...usage } = db.usages.get(['alice']) ?? { change: 0 };
    db.usages.putSync(['alice'], usage as never);
    db.counters.putSync('alice', change);
  });
  await db.close();
  writeFileSync(join(dataDir, 'FORMAT'), moved === 0 ? '1\n' : '2\n');
  return { dataDir, before };
}

async function contentsOf(dataDir: string, open?: Awaited<ReturnType<typeof openEmbeddedStorage>>['sessions']) {
  const storage = open === undefined ? await openEmbeddedStorage({ dataDir }) : null;
  const sessions = open ?? storage?.sessions;
  const found = await Promise.all(ids.map((id) => sessions?.get(id)));
  const listed = await sessions?.list('alice', { first: 1000 });
  await storage?.close();
  return { found, listed };
}

test.each([0, 1, 200, SESSIONS - 2])(
  'format 1 is taken over whole, when a killed server had moved %d sessions too',
  async (moved) => {
    const { dataDir, before } = await olderFolder(moved);
    expect(before.found.filter((session) => session === null)).toHaveLength(1);
    expect(await contentsOf(dataDir)).toEqual(before);
    expect(readFileSync(join(dataDir, 'FORMAT'), 'utf8')).toBe('2\n');
    const db = openDatabase(join(dataDir, 'store.mdb'), true);
    onTestFinished(() => db.close());
    expect([db.args, db.frames, db.counters].map((table) => table.getKeysCount())).toEqual([0, 0, 0]);
    expect(db.contents.getKeysCount()).toBe(SESSIONS - 1);
  },
);

test('lists, bytes and expiries of format 1 go on from where they stood', async () => {
  const { dataDir, before } = await olderFolder(0);
  const bytes = before.found
    .filter((session) => session?.id.owner === 'alice')
    .reduce((sum, session) => sum + Buffer.byteLength(`${session?.template}${session?.args}${session?.svg}`), 0);
  const strict = await openEmbeddedStorage({ dataDir, quotas: only({ maxBytesPerUser: bytes }) });
  const refused = strict.sessions.write(begin(owned('alice', 'more')));
  await expect(refused).rejects.toMatchObject({ details: { used: bytes, max: bytes } });
  await strict.sessions.write(push(owned('alice', 's0'), 1, 2));
  const { entries } = await strict.sessions.list('alice', { first: 2 });
  expect(entries.map(({ head }) => head.id.name)).toEqual(['s0', 's446']);
  expect(Number(entries[0]?.cursor)).toBeGreaterThan(Number(before.listed?.entries[0]?.cursor));
  await strict.close();

  const later = await openEmbeddedStorage({ dataDir, clock: () => Date.now() + 90_000 });
  onTestFinished(() => later.close());
  const db = openDatabase(join(dataDir, 'store.mdb'), true);
  onTestFinished(() => db.close());
  // Every third of 450 was begun for a minute.
  await expect.poll(() => db.read(() => db.expiries.getKeysCount())).toBe(299);
});
