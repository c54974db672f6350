import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedDatabase, openDatabase } from '../../src/storage/embedded/database.ts';

function open(durable: boolean): EmbeddedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'group-commit-'));
  const db = openDatabase(join(folder, 'store.mdb'), durable);
  onTestFinished(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return db;
}

const put = (db: EmbeddedDatabase, key: string, value: string) => () => db.keys.putSync(key, value);
const keysIn = (db: EmbeddedDatabase) => db.read(() => [...db.keys.getKeys()]);

describe.each([
  ['flushed to a disk', true],
  ['kept nowhere', false],
])('transactions begun at once, %s', (_what, durable) => {
  test('are one for those who read, in the order of the calls', async () => {
    const db = open(durable);
    const seen: (readonly string[])[] = [];
    const done = ['b', 'a', 'c'].map((key) => db.transaction(put(db, key, key)).then(() => seen.push(keysIn(db))));
    await db.transaction(put(db, 'a', 'last'));
    await Promise.all(done);
    expect(seen).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    expect(db.read(() => db.keys.get('a'))).toBe('last');
  });

  test('one that throws undoes what it has put, and nothing of the others', async () => {
    const db = open(durable);
    const fails = () => {
      put(db, 'wrong', 'x')();
      throw new Error('as it happens');
    };
    const outcomes = await Promise.allSettled([
      db.transaction(put(db, 'before', 'x')),
      db.transaction(fails),
      db.transaction(() => {
        put(db, 'behind', 'x')();
        return keysIn(db);
      }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'as it happens' } });
    expect(keysIn(db)).toEqual(['before', 'behind']);
  });

  test('what was decided before it put anything needs none of its own, and one that throws undoes nothing of the others', async () => {
    const db = open(durable);
    const decide = (key: string) => db.write(() => ({ value: keysIn(db), put: put(db, key, 'x') }));
    const outcomes = await Promise.allSettled([
      decide('a'),
      db.write(() => {
        throw new Error('as it happens');
      }),
      db.transaction(put(db, 'b', 'x')),
      decide('c'),
      db.write(() => ({ value: keysIn(db), put: null })),
    ]);
    expect(outcomes).toMatchObject([
      { value: [] },
      { reason: { message: 'as it happens' } },
      { value: true },
      { value: ['a', 'b'] },
      { value: ['a', 'b', 'c'] },
    ]);
    expect(keysIn(db)).toEqual(['a', 'b', 'c']);
  });

  test('those under way when the store is closed are kept', async () => {
    const db = open(durable);
    const written = db.transaction(put(db, 'a', 'x'));
    await db.close();
    await expect(written).resolves.toBe(true);
    await expect(db.transaction(put(db, 'b', 'x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
