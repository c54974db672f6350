import type { SessionId } from '../../src/sessions/session-id.ts';
import type { NewAccount } from '../../src/storage/account-store.ts';
import { NO_QUOTAS, type Quotas } from '../../src/storage/quotas.ts';
import type { SessionStore, SessionWatcher, SessionWrite, StoredFrame } from '../../src/storage/session-store.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** A real backend as the contract suites drive it. Whoever makes it closes what it opened. */
export interface Backend {
  /** An empty store. Quotas that are not given do not limit. */
  fresh(quotas?: Partial<Quotas>): Promise<Storage>;
  /** Another handle on the data of the last `fresh()`. */
  again(quotas?: Partial<Quotas>): Promise<Storage>;
  /** Resolves when a session written with `SHORT_TTL_MS` just before has expired. */
  untilExpired(sessions: SessionStore, id: SessionId): Promise<void>;
  /** Resolves when that much time has passed by the store's clock. */
  later(ms: number): Promise<void>;
}

export const SHORT_TTL_MS = 400;

export const owned = (owner: string, name: string): SessionId => ({ owner, name });
export const open = (name: string): SessionId => ({ owner: null, name });

export const only = (quotas: Partial<Quotas> = {}): Quotas => ({ ...NO_QUOTAS, ...quotas });

/** A write that begins a session. */
export function begin(id: SessionId, change: Partial<SessionWrite> & { epoch?: string } = {}): SessionWrite {
  const { epoch = 'e1', ...rest } = change;
  return {
    id,
    expect: { is: 'absent', newEpoch: epoch },
    template: '<svg>{{ n }}</svg>',
    args: '{"n":1}',
    svg: '<svg>1</svg>',
    warnings: [],
    ttlMs: null,
    ...rest,
  };
}

/** A write of new args that depends on the template alone. */
export function push(id: SessionId, revision: number, n: number, change: Partial<SessionWrite> = {}): SessionWrite {
  const expect = { is: 'revision', epoch: 'e1', revision } as const;
  return { id, expect, args: `{"n":${n}}`, svg: `<svg>${n}</svg>`, warnings: [], ...change };
}

/** A watcher that remembers, and whose next event can be awaited. */
export function recordingWatcher() {
  const frames: StoredFrame[] = [];
  const ended: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of waiting) check();
  };
  const watcher: SessionWatcher = {
    frame(frame) {
      frames.push(frame);
      wake();
    },
    gone(epoch) {
      ended.push(epoch);
      wake();
    },
  };
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!isSo()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return {
    watcher,
    frames,
    ended,
    untilVersion: (version: number) => until(() => frames.some((frame) => frame.version === version)),
    untilGone: () => until(() => ended.length > 0),
  };
}

/** What somebody claims an id with. */
export const newAccount = (passwordHash: string, uid = 'u1'): NewAccount => ({ uid, passwordHash, role: 'user' });
