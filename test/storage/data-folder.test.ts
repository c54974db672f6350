import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { failedStart, startServer } from '../harness/server-process.ts';
import { begin, newAccount, owned, push } from './backend.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'data-folder-'));
  roots.push(path);
  return path;
}

/** A start that is expected to end with one line that says what is wrong and what to do. */
async function expectRefusal(dataDir: string, what: RegExp, mend: RegExp) {
  const { exit, output } = await failedStart('--data-dir', dataDir);
  expect({ exit, lines: output.trimEnd().split('\n').length, output }).toMatchObject({ exit: 1, lines: 1 });
  expect(output).toContain(dataDir);
  expect(output).toMatch(what);
  expect(output).toMatch(mend);
}

describe('a data folder that cannot be used', () => {
  test('is a file', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await expectRefusal(file, /it is a file/, /--data-dir/);
  });

  test('lies where no folder can be made', async () => {
    await expectRefusal(join('/proc', 'no-such-folder'), /ENOENT/, /--data-dir/);
  });

  test.each(['new', 'with a store'])('is read-only: %s', async (which) => {
    const path = folder();
    if (which === 'with a store') await (await openEmbeddedStorage({ dataDir: path })).close();
    chmodSync(path, 0o500);
    if (which === 'with a store') chmodSync(join(path, 'store.mdb'), 0o400);
    const { exit, output } = await withoutPrivilege('src/main.ts', '--port', '0', '--data-dir', path);
    expect(exit).toBe(1);
    expect(output).toMatch(
      new RegExp(`^The data folder ${path} cannot be used: .*[Pp]ermission denied.*permissions.*\n$`),
    );
  });
});

/** Root is above permissions; without these two capabilities it is not. */
function withoutPrivilege(...args: readonly string[]): Promise<{ exit: unknown; output: string }> {
  const node = [process.execPath, '--import', 'tsx', ...args];
  const drop = [
    'setpriv',
    '--bounding-set=-dac_override,-dac_read_search',
    '--inh-caps=-dac_override,-dac_read_search',
  ];
  const [command = '', ...rest] = userInfo().uid === 0 ? [...drop, ...node] : node;
  return new Promise((resolve) => {
    execFile(command, rest, (error, stdout, stderr) => resolve({ exit: error?.code ?? 0, output: stdout + stderr }));
  });
}

describe('a damaged store', () => {
  let whole = '';
  beforeAll(async () => {
    whole = folder();
    const { sessions, accounts, keys, close } = await openEmbeddedStorage({ dataDir: whole });
    await keys.offer('{"kid":"k"}');
    for (let n = 0; n < 150; n += 1) {
      await accounts.claim(`user${n}`, newAccount('$hash'));
      await sessions.write(begin(owned('alice', `s${n}`), { svg: 'x'.repeat(n * 100), ttlMs: 10_000_000 + n }));
      if (n % 3 === 0) await sessions.write(push(owned('alice', `s${n}`), 1, 2));
      if (n % 5 === 0) await sessions.delete(owned('alice', `s${n}`));
    }
    await close();
  });

  function copy(damage: (file: string) => void): string {
    const path = folder();
    cpSync(whole, path, { recursive: true });
    damage(join(path, 'store.mdb'));
    return path;
  }

  const overwrite = (file: string, at: number, bytes: readonly number[]) => {
    const content = readFileSync(file);
    content.set(bytes, at);
    writeFileSync(file, content);
  };
  const pageBytes = (file: string) => readFileSync(file).readUInt32LE(48);
  const damages: Readonly<Record<string, (file: string) => void>> = {
    'cut in half': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
    'cut within its first page': (file) => truncateSync(file, 100),
    empty: (file) => truncateSync(file, 0),
    missing: (file) => rmSync(file),
    'a foreign file': (file) => writeFileSync(file, `SQLite format 3\0${'x'.repeat(9000)}`),
    'only zeros': (file) => writeFileSync(file, Buffer.alloc(65536)),
    'with roots that lead nowhere': (file) => {
      for (const page of [0, 0.5, 1]) overwrite(file, page * pageBytes(file) + 136, [0xff, 0xff, 0xff, 0x00]);
    },
  };

  test.each(Object.keys(damages))('%s: not opened, and the message names the file and the mend', async (name) => {
    const path = copy(damages[name] as (file: string) => void);
    await expect(openEmbeddedStorage({ dataDir: path })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/store\.mdb is damaged: .* Put a backup .* or move the folder away/),
    });
  });

  test('the server says so in one line and exits with 1', async () => {
    await expectRefusal(
      copy(damages['cut in half'] as (file: string) => void),
      /store\.mdb is damaged: /,
      /Put a backup/,
    );
  });

  test('each page in use is missed when it is blank', async () => {
    const bytes = pageBytes(join(whole, 'store.mdb'));
    const pages = statSync(join(whole, 'store.mdb')).size / bytes;
    let refused = 0;
    for (let page = 0; page < pages; page += 1) {
      const path = copy((file) => overwrite(file, page * bytes, Array(bytes).fill(0)));
      // The rest are free, or lie within a value. If a page that the library follows were not missed, this process would end.
      const opened = await openEmbeddedStorage({ dataDir: path }).catch((error) => {
        expect(error.message).toContain('store.mdb is damaged');
        refused += 1;
        return null;
      });
      await opened?.sessions.list('alice', { first: 1000 });
      await opened?.close();
    }
    expect(refused).toBeGreaterThan(pages / 3);
  });

  test('a garbled lock file does no harm', async () => {
    const path = copy((file) => writeFileSync(`${file}-lock`, 'x'.repeat(9000)));
    const storage = await openEmbeddedStorage({ dataDir: path });
    expect((await storage.sessions.list('alice', { first: 1000 })).entries).toHaveLength(120);
    await storage.close();
  });

  test('a folder of a newer server is left alone', async () => {
    const path = copy((file) => writeFileSync(join(file, '..', 'FORMAT'), '3\n'));
    await expectRefusal(path, /format 3, this one reads 2/, /Start that one, or .*--data-dir/);
  });
});

test('of two servers on one folder the second says so; a killed one counts no more', async () => {
  const path = folder();
  const start = () => startServer('--data-dir', path, '--demo', 'off');
  const first = await start();
  expect(first.output()).not.toContain('at once');
  const second = await start();
  const told = /"processes":\[(\d+),(\d+)\].*The data folder (\S+) is used by .* at once.*--data-dir/.exec(
    second.output(),
  );
  expect(told?.[3]).toBe(path);
  expect(told?.[1]).not.toBe(told?.[2]);
  await first.kill('SIGKILL');
  await second.kill('SIGKILL');
  expect((await start()).output()).not.toContain('at once');
});

test('beside an older server that still runs the folder is left alone, once it has ended it is taken over', async () => {
  const path = folder();
  const stamp = join(path, 'FORMAT');
  const older = await startServer('--data-dir', path, '--demo', 'off');
  writeFileSync(stamp, '1\n');
  await expectRefusal(
    path,
    /used by an older server \(of the processes \d+ and \d+ one is this\)/,
    /Stop it, then start this one again/,
  );
  expect(readFileSync(stamp, 'utf8')).toBe('1\n');
  await older.kill('SIGKILL');
  await (await openEmbeddedStorage({ dataDir: path })).close();
  expect(readFileSync(stamp, 'utf8')).toBe('2\n');
});
