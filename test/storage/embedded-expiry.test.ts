import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/embedded/database.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { begin, newAccount, open, owned, push } from './backend.ts';
import { HOUR_MS, newApiKey, newSignIn, rotation } from './identity-records.ts';

const START = 1_700_000_000_000;

describe('the sweep of the embedded store', () => {
  const leftovers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const dispose of leftovers.splice(0).reverse()) await dispose();
  });

  /** Opens one folder again and again, each time at a later hour, and looks into its tables. */
  function folder() {
    const dataDir = mkdtempSync(join(tmpdir(), 'embedded-test-'));
    leftovers.push(() => rmSync(dataDir, { recursive: true, force: true }));

    async function openAt(time: number) {
      const storage = await openEmbeddedStorage({ dataDir, clock: () => time });
      leftovers.push(() => storage.close());
      return storage;
    }

    function tables() {
      const db = openDatabase(join(dataDir, 'store.mdb'), true);
      leftovers.push(() => db.close());
      type Table = { [Name in keyof typeof db]: (typeof db)[Name] extends { getKeysCount(): number } ? Name : never };
      return (...names: Table[keyof Table][]) => db.read(() => names.map((name) => db[name].getKeysCount()));
    }

    function expiries() {
      const db = openDatabase(join(dataDir, 'store.mdb'), true);
      leftovers.push(() => db.close());
      return () => db.read(() => [...db.expiries.getKeys()].map(([at, , name]) => `${name} ${at - START}`));
    }

    return { openAt, tables, expiries };
  }

  test('sessions that have expired are deleted at the next start, those written again are not', async () => {
    const { openAt, tables } = folder();
    const { sessions, close } = await openAt(START);
    for (let n = 0; n < 450; n += 1) await sessions.write(begin(owned('alice', `s${n}`), { ttlMs: 1000 }));
    await sessions.write(push(owned('alice', 's7'), 1, 2, { ttlMs: 5000 }));
    await sessions.write(push(owned('alice', 's8'), 1, 2, { ttlMs: null }));
    await close();
    const count = tables();
    const second = await openAt(START + 1000);
    await expect.poll(() => count('sessions', 'templates', 'contents', 'changes', 'expiries')).toEqual([2, 2, 2, 2, 1]);
    const { entries } = await second.sessions.list('alice', { first: 500 });
    expect(entries.map(({ head }) => head.id.name)).toEqual(['s8', 's7']);
  });

  test('an end that moves on takes its entry with it once that is due, one that comes nearer or goes at once', async () => {
    const { openAt, expiries } = folder();
    const first = await openAt(START);
    const names = ['later', 'nearer', 'never', 'again'];
    for (const name of names) await first.sessions.write(begin(open(name), { ttlMs: 1000 }));
    await first.close();

    const second = await openAt(START + 500);
    await second.sessions.write(push(open('later'), 1, 2));
    await second.sessions.write(push(open('nearer'), 1, 2, { ttlMs: 100 }));
    await second.sessions.write(push(open('never'), 1, 2, { ttlMs: null }));
    const entries = expiries();
    expect(entries()).toEqual(['nearer 600', 'again 1000', 'later 1000']);
    await second.sessions.write(push(open('never'), 1, 2, { ttlMs: 700 }));
    expect(entries()).toEqual(['nearer 600', 'again 1000', 'later 1000', 'never 1200']);
    await second.close();

    const third = await openAt(START + 1000);
    await expect.poll(entries).toEqual(['never 1200', 'later 1500']);
    // Its entry of before is gone, so the sweep must find it by a new one.
    await third.sessions.write(begin(open('again'), { ttlMs: 400 }));
    expect(await third.sessions.stamps(names.map(open))).toMatchObject([
      { version: 2 },
      null,
      { version: 3 },
      { version: 1 },
    ]);
    expect(await third.sessions.delete(open('later'))).toBe(true);
    expect(entries()).toEqual(['never 1200', 'again 1400']);
    await third.close();

    const fourth = await openAt(START + 1400);
    await expect.poll(entries).toEqual([]);
    expect(await fourth.sessions.stamps(names.map(open))).toEqual([null, null, null, null]);
  });

  test('sign-ins, keys, denials and reserved ids go with their time, what was prolonged later', async () => {
    const { openAt, tables } = folder();
    const { signIns, apiKeys, denials, accounts, close } = await openAt(START);
    await signIns.add(newSignIn('short', { ttlMs: 1000 }), 300);
    await signIns.add(newSignIn('long', { ttlMs: 1000 }), 300);
    await signIns.rotate(rotation('long', 't1', 't2', { ttlMs: HOUR_MS, graceMs: 1000 }));
    for (let n = 0; n < 250; n += 1) await apiKeys.add(newApiKey(`k${n}`, { expiresAt: START + 1000 }), 300);
    await apiKeys.add(newApiKey('ever'), 300);
    await denials.deny(['sid:short', 'sid:long'].map((subject) => ({ subject, until: START + 1000 })));
    await denials.deny([{ subject: 'sid:long', until: START + HOUR_MS }]);
    for (const [userId, reservedMs] of [['bob', 1000] as const, ['carol', HOUR_MS] as const]) {
      await accounts.claim(userId, newAccount('$', 'u2'));
      await accounts.remove(userId, 'u2', reservedMs);
    }
    await close();

    const count = tables();
    const left = () => count('signIns', 'answers', 'apiKeys', 'denials', 'denialOrder', 'reservedIds', 'lapses');
    expect(left()).toEqual([2, 1, 251, 2, 2, 2, 257]);
    const second = await openAt(START + 1000);
    await expect.poll(left).toEqual([1, 0, 1, 1, 1, 1, 3]);
    expect(await second.signIns.list('u1')).toMatchObject([{ sid: 'long' }]);
    expect((await second.denials.load(0)).denials).toMatchObject([{ subject: 'sid:long' }]);
    expect(await second.accounts.claim('carol', newAccount('$', 'u3'))).toBe('reserved');
    await second.close();

    const third = await openAt(START + HOUR_MS);
    await expect.poll(left).toEqual([0, 0, 1, 0, 0, 0, 0]);
    await third.apiKeys.add(newApiKey('revoked', { expiresAt: START + 1e12 }), 9);
    await third.apiKeys.remove('u1', 'revoked');
    expect(left()).toEqual([0, 0, 1, 0, 0, 0, 0]);
  });
});
