import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase, type SessionRecord } from '../../src/storage/embedded/database.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { Quotas } from '../../src/storage/quotas.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { accountStoreContract } from './account-store.contract.ts';
import { apiKeyStoreContract } from './api-key-store.contract.ts';
import { type Backend, begin, newAccount, only, open, owned, push, SHORT_TTL_MS } from './backend.ts';
import { denialStoreContract } from './denial-store.contract.ts';
import { newSignIn, rotation } from './identity-records.ts';
import { keyStoreContract } from './key-store.contract.ts';
import { limitStoreContract } from './limit-store.contract.ts';
import { linkKeyStoreContract } from './link-key-store.contract.ts';
import { sessionAccessContract } from './session-access.contract.ts';
import { sessionListContract } from './session-list.contract.ts';
import { sessionNamesContract } from './session-names.contract.ts';
import { sessionQuotasContract } from './session-quotas.contract.ts';
import { sessionSearchContract } from './session-search.contract.ts';
import { sessionStoreContract } from './session-store.contract.ts';
import { sessionWatchContract } from './session-watch.contract.ts';
import { signInStoreContract } from './sign-in-store.contract.ts';

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const dispose of leftovers.splice(0).reverse()) await dispose();
});

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'embedded-test-'));
  leftovers.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function openStore(dataDir: string, clock = Date.now, quotas: Partial<Quotas> = {}) {
  const storage = await openEmbeddedStorage({ dataDir, clock, quotas: only(quotas) });
  leftovers.push(() => storage.close());
  return storage;
}

let dataDir = '';
let now = 1_700_000_000_000;
const backend: Backend = {
  fresh(quotas) {
    dataDir = folder();
    return openStore(dataDir, () => now, quotas);
  },
  again: (quotas) => openStore(dataDir, () => now, quotas),
  async untilExpired() {
    now += SHORT_TTL_MS;
  },
  async later(ms) {
    now += ms;
  },
};

describe('embedded sessions', () => {
  sessionStoreContract(backend);
  sessionNamesContract(backend);
  sessionListContract(backend);
  sessionSearchContract(backend);
  sessionWatchContract(backend);
  sessionAccessContract(backend);
  sessionQuotasContract(backend);
});
describe('embedded accounts', () => accountStoreContract(backend));
describe('embedded sign-ins', () => signInStoreContract(backend));
describe('embedded API keys', () => apiKeyStoreContract(backend));
describe('embedded denials', () => denialStoreContract(backend));
describe('embedded keys', () => keyStoreContract(backend));
describe('embedded link key', () => linkKeyStoreContract(backend));
describe('embedded limits', () => limitStoreContract(backend, { twoHandles: false }));

describe('the embedded store', () => {
  test('a new data folder, and all above it that is new, is its owner’s alone', async () => {
    const path = join(folder(), 'deep', 'data.v1');
    const storage = await openStore(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(path)) expect(statSync(join(path, file)).mode & 0o077).toBe(0);
    expect(storage.description).toContain(path);
  });

  test('everything is there after close and open', async () => {
    const path = folder();
    const first = await openStore(path);
    await first.sessions.write(begin(owned('alice', 'card'), { ttlMs: 60_000 }));
    await first.sessions.write(begin(owned('alice', 'gone')));
    await first.sessions.delete(owned('alice', 'gone'));
    await first.accounts.claim('alice', newAccount('$hash'));
    await first.keys.offer('{"kid":"k"}');
    const session = await first.sessions.get(owned('alice', 'card'));
    await first.close();
    const second = await openStore(path);
    expect(await second.sessions.get(owned('alice', 'card'))).toEqual(session);
    expect((await second.sessions.list('alice', { first: 9 })).entries).toHaveLength(1);
    expect(await second.accounts.find('alice')).toMatchObject({ passwordHash: '$hash' });
    expect(await second.keys.read()).toBe('{"kid":"k"}');
    const { head } = (await second.sessions.write(push(owned('alice', 'card'), 1, 2))) as { head: { version: number } };
    expect(head.version).toBe(2);
  });

  test('every answered change of identity survives kill -9', async () => {
    const path = folder();
    const script = fileURLToPath(new URL('embedded-writer.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    leftovers.push(() => child.kill('SIGKILL'));
    let answered = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      answered = Number(line);
      if (answered === 100) child.kill('SIGKILL');
    }
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    const storage = await openStore(path);
    const session = await storage.sessions.get(open('counter'));
    expect(session?.version).toBeGreaterThanOrEqual(answered);
    expect(session?.args).toBe(`{"n":${session?.version}}`);
    expect(await storage.accounts.find(`user${answered}`)).not.toBeNull();
    expect(await storage.apiKeys.find('u1', `k${answered}`)).not.toBeNull();
    const { denials } = await storage.denials.load(0);
    expect(denials.map(({ subject }) => subject)).toContain(`sid:${answered}`);
    // What it had used up is answered from what was kept; the killed process may have used the next one as well.
    const { is } = await storage.signIns.rotate(rotation('s1', `t${answered - 1}`, 'no'));
    expect(is).toBe('repeated');
    expect(await storage.keys.read()).toBe('{"kid":"k"}');
  });

  test('what is counted is what is there, after kill -9 amid writes and after an older version', async () => {
    const path = folder();
    const script = fileURLToPath(new URL('embedded-quota-writer.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    leftovers.push(() => child.kill('SIGKILL'));
    for await (const line of createInterface({ input: child.stdout })) if (line === '100') child.kill('SIGKILL');
    await ended;
    const usage = async () => {
      const refused: unknown[] = [];
      for (const none of [{ maxSessionsPerUser: 0 }, { maxBytesPerUser: 0 }, { maxPublicSessions: 0 }]) {
        const storage = await openStore(path, Date.now, none);
        const id = { owner: 'maxPublicSessions' in none ? null : 'alice', name: 'new' };
        await storage.sessions.write(begin(id)).catch((refusal) => refused.push(refusal.details.used));
        await storage.close();
      }
      return refused;
    };
    const storage = await openStore(path);
    const there = { sessions: 0, bytes: 0, public: 0 };
    for (let n = 0; n < 20; n += 1) {
      const session = await storage.sessions.get(owned('alice', `s${n}`));
      if (session) there.sessions += 1;
      if (session) there.bytes += Buffer.byteLength(session.template + session.args + session.svg);
      if (await storage.sessions.get(open(`s${n}`))) there.public += 1;
    }
    await storage.close();
    expect(there.bytes).toBeGreaterThan(0);
    expect(await usage()).toEqual(Object.values(there));

    // As a version without quotas left it.
    const db = openDatabase(join(path, 'store.mdb'), true);
    await db.transaction(() => {
      for (const key of [...db.usages.getKeys()]) db.usages.removeSync(key);
      for (const { key, value } of [...db.sessions.getRange()]) {
        const { bytes: _, templateBytes: __, ...older } = value;
        db.sessions.putSync(key, older as SessionRecord);
      }
    });
    await db.close();
    expect(await usage()).toEqual(Object.values(there));
  });

  test('another process on the same folder sees what this one writes, and its writes are not lost', async () => {
    const path = folder();
    const storage = await openStore(path);
    const script = fileURLToPath(new URL('embedded-writer.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    leftovers.push(() => child.kill('SIGKILL'));
    let accepted = 0;
    let theirs = 0;
    let known = 0;
    const heard: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      theirs = Number(line);
      if ((await storage.sessions.write(push(open('shared'), 1, theirs))).written) accepted += 1;
      const loaded = await storage.denials.load(known);
      if (theirs > 2) expect(loaded.complete).toBe(false);
      known = loaded.sequence;
      heard.push(...loaded.denials.map(({ subject }) => subject));
      expect(heard).toContain(`sid:${theirs}`);
      if (theirs === 50) child.kill('SIGKILL');
    }
    await ended;
    expect(heard.slice(0, 49)).toEqual(Array.from({ length: 49 }, (_, n) => `sid:${n + 2}`));
    const [counter, shared] = await storage.sessions.stamps([open('counter'), open('shared')]);
    expect(counter?.version).toBeGreaterThanOrEqual(theirs);
    expect(accepted).toBe(theirs - 1);
    // The child began `shared` and wrote it once per number; it may have been killed before it printed the last one.
    expect([accepted + theirs, accepted + theirs + 1]).toContain(shared?.version);
  });

  test('with :memory: nothing is kept, and no file is left in the temporary folder', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('realtime-svg-') && !before.has(name));
    const before = new Set(readdirSync(tmpdir()));
    const first = await openStore(':memory:');
    await first.sessions.write(begin(open('card')));
    // Others on this machine may be between making and removing theirs.
    await expect.poll(left).toEqual([]);
    const second = await openStore(':memory:');
    expect(await second.sessions.get(open('card'))).toBeNull();
    expect(await first.sessions.get(open('card'))).not.toBeNull();
  });

  test('once closed, everything is UNAVAILABLE, closing included twice', async () => {
    const storage: Storage = await openStore(folder());
    await storage.ping();
    const write = storage.sessions.write(begin(open('last')));
    await storage.close();
    await storage.close();
    expect((await write).written).toBe(true);
    const unavailable = { code: 'UNAVAILABLE' };
    await expect(storage.ping()).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.get(open('last'))).rejects.toMatchObject(unavailable);
    await expect(storage.sessions.write(begin(open('later')))).rejects.toMatchObject(unavailable);
    await expect(storage.accounts.claim('a', newAccount('b'))).rejects.toMatchObject(unavailable);
    await expect(storage.keys.read()).rejects.toMatchObject(unavailable);
    await expect(storage.signIns.add(newSignIn('s'), 1)).rejects.toMatchObject(unavailable);
    await expect(storage.apiKeys.find('u', 'k')).rejects.toMatchObject(unavailable);
    await expect(storage.denials.sequence()).rejects.toMatchObject(unavailable);
    await expect(storage.denials.watch(() => {})).rejects.toMatchObject(unavailable);
  });
});
