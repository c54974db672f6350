import { setImmediate } from 'node:timers/promises';
import { open } from 'lmdb';
import { Refusal } from '../../errors.ts';
import type { SessionId } from '../../sessions/session-id.ts';
import type { Account } from '../account-store.ts';
import type { ApiKeyRecord } from '../api-key-store.ts';
import type { ViewLinkRecord } from '../session-access.ts';
import type { SessionHead } from '../session-store.ts';
import type { SignInRecord } from '../sign-in-store.ts';
import { createGroupCommit, type Decision } from './group-commit.ts';

/** A public session has `false` where an owned one has its owner's text, so no owner can spell it. */
export type SessionKey = [owner: string | false, name: string];

/** Who may see it is missing in what was stored before there were private sessions. */
export interface SessionRecord
  extends Omit<SessionHead, 'id' | 'visibility' | 'access'>,
    Partial<Pick<SessionHead, 'visibility' | 'access'>> {
  readonly warnings: readonly string[];
  /**
   * Where its entry in `expiries` stands: at its end, or before, since an end that moves on takes no entry with it. null:
   * it has none. Missing in what format 1 left: at its end.
   */
  readonly dueAt?: number | null;
  /** Where it stands in its owner's list; 0: public, in no list. */
  readonly change: number;
  /** Of the template alone, UTF-8. */
  readonly templateBytes: number;
  /** What it counts in its owner's usage: UTF-8 bytes of template, args and frame. */
  readonly bytes: number;
}

/** What stands in the tables, with what has expired and was not yet swept. */
export interface Usage {
  readonly sessions: number;
  /** Of public sessions: nothing, or what an older version last counted. */
  readonly bytes: number;
  /** The last number given in the owner's list. It outlives the owner's sessions, so that no cursor is ever given twice. */
  readonly change: number;
}

export type AccountRecord = Omit<Account, 'userId'>;

/** `order`: among those of its account the one changed last has the highest. */
export interface StoredSignIn extends Omit<SignInRecord, 'uid' | 'sid'> {
  readonly tokenHash: string | null;
  readonly familyHash: string | null;
  readonly order: number;
}

export interface StoredApiKey extends Omit<ApiKeyRecord, 'uid' | 'keyId'> {
  readonly order: number;
}

export type LapseKey = [at: number, what: 'signIn' | 'answer' | 'apiKey' | 'denial' | 'reservedId', ...key: string[]];

export type EmbeddedDatabase = ReturnType<typeof openDatabase>;

export function sessionKey(id: SessionId): SessionKey {
  return [id.owner ?? false, id.name];
}

/**
 * The tables of the embedded store, all in one LMDB file.
 *
 * A template has a table of its own, so that new args do not rewrite 256 KiB, and so have args and frame, so that the once
 * a second question "has it changed?" reads none of them.
 *
 * @param file created with mode 0600, since it holds password hashes and the signing key.
 * @param durable false: nothing is ever flushed to disk.
 */
export function openDatabase(file: string, durable: boolean) {
  const options = {
    path: file,
    noSubdir: true,
    noSync: !durable,
    permissionsMode: 0o600,
    maxDbs: 24,
    // With it lmdb keeps a promise of its own per batch; on a full disk its rejection would end the process.
    eventTurnBatching: false,
  };
  const env = open(options);
  let closed = false;

  /** Without a disk to wait for, the library's thread would only be a detour that costs four times as much. */
  async function beginAtOnce(action: () => void): Promise<void> {
    await setImmediate();
    env.transactionSync(action);
  }

  const commit = createGroupCommit({
    begin: durable ? (action) => env.transaction(action) : beginAtOnce,
    // Amid a transaction it runs at once, and returns what the action does.
    nest: <T>(action: () => T) => env.childTransaction(action) as T,
    refusalOf,
  });

  const requireOpen = () => {
    // lmdb throws on a closed environment from a timer, where nobody can catch it.
    if (closed) throw new Refusal('UNAVAILABLE', 'The embedded store is closed; nothing was changed.');
  };

  return {
    /** Those that have the file open, by their numbers: this one, and others. */
    processes(): readonly number[] {
      requireOpen();
      // A process is listed from its first read on. The killed ones were taken off when the file was opened.
      env.doesExist('');
      const pids = env.readerList().matchAll(/^ *(\d+) /gm);
      return [...new Set([...pids].map(([, pid]) => Number(pid)))];
    },

    sessions: env.openDB<SessionRecord, SessionKey>({ name: 'sessions', encoding: 'json' }),
    templates: env.openDB<string, SessionKey>({ name: 'templates', encoding: 'string' }),
    /** Args and frame. See session-contents.ts. */
    contents: env.openDB<Buffer, SessionKey>({ name: 'contents', encoding: 'binary' }),
    /** `[owner, change]` → name: the order of each owner's list. */
    changes: env.openDB<string, [owner: string, change: number]>({ name: 'changes', encoding: 'string' }),
    /** When to look whether a session has expired, soonest first; the key says it all. */
    expiries: env.openDB<true, [expiresAt: number, ...SessionKey]>({ name: 'expiries', encoding: 'json' }),
    /** What each owner stores, or all public sessions together; the sum of what stands in `sessions`. */
    usages: env.openDB<Usage, [owner: string | false]>({ name: 'usages', encoding: 'json' }),
    accounts: env.openDB<AccountRecord, string>({ name: 'accounts', encoding: 'json' }),
    /** Id of an account that was removed → until when nobody may claim it. */
    reservedIds: env.openDB<number, string>({ name: 'reservedIds', encoding: 'json' }),
    signIns: env.openDB<StoredSignIn, [uid: string, sid: string]>({ name: 'signIns', encoding: 'json' }),
    /** What the use of a refresh token was answered, sealed, by the token's hash. */
    answers: env.openDB<{ sealed: string; expiresAt: number }, [uid: string, sid: string, hash: string]>({
      name: 'answers',
      encoding: 'json',
    }),
    apiKeys: env.openDB<StoredApiKey, [uid: string, keyId: string]>({ name: 'apiKeys', encoding: 'json' }),
    denials: env.openDB<{ until: number; sequence: number }, string>({ name: 'denials', encoding: 'json' }),
    /** The order in which subjects were denied; the key says it all. */
    denialOrder: env.openDB<true, [sequence: number, subject: string]>({ name: 'denialOrder', encoding: 'json' }),
    /** Numbers of the first and of the last denial; they outlive the denials. */
    denialNumbers: env.openDB<number, 'first' | 'last'>({ name: 'denialNumbers', encoding: 'json' }),
    /** When to look whether a record of another table has expired; the key says it all. See lapses.ts. */
    lapses: env.openDB<true, LapseKey>({ name: 'lapses', encoding: 'json' }),
    keys: env.openDB<string, string>({ name: 'keys', encoding: 'string' }),
    viewLinks: env.openDB<readonly ViewLinkRecord[], SessionKey>({ name: 'viewLinks', encoding: 'json' }),

    // What format 1 had; empty since. See older-formats.ts.
    args: env.openDB<string, SessionKey>({ name: 'args', encoding: 'string' }),
    frames: env.openDB<string, SessionKey>({ name: 'frames', encoding: 'string' }),
    counters: env.openDB<number, string>({ name: 'counters', encoding: 'json' }),

    /** Runs `read` on one snapshot, of this moment. @throws Refusal UNAVAILABLE once closed */
    read<T>(read: () => T): T {
      requireOpen();
      // Else lmdb goes on with the snapshot of the last read until a timer fires, and misses what others have written.
      env.resetReadTxn();
      return read();
    },

    /**
     * Runs `action` alone among all writers, these of other processes too, and commits what it put, or nothing if it
     * throws. Resolves when committed, in the order of the calls: what is answered survives a killed process.
     */
    async transaction<T>(action: () => T): Promise<T> {
      requireOpen();
      return commit.nested(action);
    },

    /** The same for what is decided before anything is put, which costs less. @throws Refusal UNAVAILABLE once closed */
    write<T>(decide: () => Decision<T>): Promise<T> {
      requireOpen();
      return commit.decided(decide);
    },

    async close(): Promise<void> {
      if (closed) return;
      closed = true;
      // What has begun in this turn of the event loop is written first.
      await setImmediate();
      await env.close();
    },
  };
}

/** What a writer is told of an error that may be the library's. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('commitError' in error && error.commitError instanceof Promise) {
    // lmdb rejects this promise later on its own; unheard, it would end the process.
    error.commitError.catch(() => {});
  } else if (!('code' in error && typeof error.code === 'number')) {
    return error;
  }
  const message = 'The embedded store could not write, so nothing was changed; is its disk full?';
  return new Refusal('UNAVAILABLE', message, {}, error);
}
