import { existsSync, mkdirSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../../errors.ts';
import { checkFile } from './check-file.ts';
import { type EmbeddedDatabase, openDatabase } from './database.ts';
import { DamagedFile } from './page-nodes.ts';

/**
 * Raised when an older server could not read what this one writes.
 *
 * 1: args, frames and the last numbers of lists have tables of their own, a session's entry among the expiries stands at
 * its end. 2: it stands there, or before; args and frame are one value, a list's last number stands with the usage.
 */
const FORMAT = 2;

/** What a new store takes. The library maps its lock file: the kernel ends a process that finds no room for it. */
const NEW_STORE_BYTES = 1024 * 1024;

/**
 * Opens the store in a folder, which is created with mode 0700 if it is not there. A file `FORMAT` beside the store says
 * how its records are to be read, and that there is a store: where it stands, an absent or empty file is a loss.
 *
 * @param mayBegin a store is made where there is none
 * @throws Refusal UNAVAILABLE when the folder cannot be used or what is in it cannot be read; the message says which,
 * and what to do.
 */
export function openDataFolder(folder: string, mayBegin: boolean): EmbeddedDatabase {
  const file = join(folder, 'store.mdb');
  const stamp = join(folder, 'FORMAT');
  try {
    if (!mayBegin && !existsSync(stamp) && !existsSync(file)) throw absent(folder);
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) throw new Error('it is a file');
    const format = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : '';
    if (format !== '' && !/^\d+$/.test(format)) throw new DamagedFile('the file FORMAT beside it holds no number');
    if (Number(format) > FORMAT) throw newer(folder, format);
    const bytes = existsSync(file) ? statSync(file).size : 0;
    if (bytes > 0) checkFile(file);
    else if (format !== '') throw new DamagedFile(existsSync(file) ? 'it is empty' : 'it is missing');
    if (!existsSync(`${file}-lock`)) requireRoom(folder);
    const db = openDatabase(file, true);
    if (Number(format) < FORMAT) {
      if (format !== '') requireAlone(db, folder);
      writeFileSync(stamp, `${FORMAT}\n`, { mode: 0o600 });
    }
    return db;
  } catch (error) {
    if (error instanceof DamagedFile) throw damaged(file, error);
    throw error instanceof Refusal ? error : unusable(folder, error);
  }
}

/** Node's own `recursive` never returns where the system will not make a folder though its parent is there, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}

function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < NEW_STORE_BYTES) throw new Error('there is less than 1 MiB of room on its disk');
}

/** An older server that goes on beside this one would misread what this one writes. */
function requireAlone(db: EmbeddedDatabase, folder: string): void {
  const processes = db.processes();
  if (processes.length < 2) return;
  void db.close();
  const who = `of the processes ${processes.join(' and ')} one is this`;
  const what = `The data folder ${folder} is used by an older server (${who})`;
  throw new Refusal('UNAVAILABLE', `${what}. Stop it, then start this one again; nothing was changed.`);
}

function absent(folder: string): Refusal {
  const mend = 'Name the folder of the server with --data-dir, or start the server once.';
  return new Refusal('UNAVAILABLE', `There is no store in ${folder}, so nothing was done. ${mend}`);
}

function newer(folder: string, format: string): Refusal {
  const what = `The data folder ${folder} was written by a newer server (format ${format}, this one reads ${FORMAT})`;
  return new Refusal('UNAVAILABLE', `${what}. Start that one, or choose another folder with --data-dir.`);
}

function damaged(file: string, error: DamagedFile): Refusal {
  const mend = 'Put a backup of its folder in place, or move the folder away to start anew.';
  return new Refusal('UNAVAILABLE', `The store ${file} is damaged: ${error.message}. ${mend}`, {}, error);
}

function unusable(folder: string, error: unknown): Refusal {
  const why = error instanceof Error ? error.message : String(error);
  const mend = 'Choose another with --data-dir, or see to its permissions and the room on its disk.';
  return new Refusal('UNAVAILABLE', `The data folder ${folder} cannot be used: ${why}. ${mend}`, {}, error);
}
