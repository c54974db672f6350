import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { DenialStore } from '../storage/denial-store.ts';
import { createDeny, type Deniable, type Deny, keySubject, subjectsOf } from './denial.ts';
import { createDenialCopy } from './denial-copy.ts';

/**
 * The deny list in the memory of this process, a copy of the store's. It loads before it is first trusted and after
 * every lost connection, hears of changes by announcement, and compares its number with the store's each second.
 * Cut off from the store it goes on with its copy, and gives it back to a store that lost its own.
 */
export interface Revocations {
  /**
   * Whether this is denied. Waits while the list is being loaded; asks no store otherwise.
   *
   * @throws Refusal UNAVAILABLE when the list was never loaded yet
   */
  check(grant: Deniable): Promise<boolean>;
  /** As `check`, by what is in memory now. */
  denies(grant: Deniable): boolean;
  /** Whether everything that this signing key has signed is denied, by what is in memory now. */
  deniesKey(kid: string): boolean;
  /** Once it resolves, this process refuses them. @throws Refusal UNAVAILABLE */
  readonly deny: Deny;
  /** Calls back with what has just been denied, whoever did it. @returns stops it */
  onDenied(listener: (subjects: readonly string[]) => void): () => void;
  /** Since the copy was last known to be complete; null: it never was. */
  ageMs(): number | null;
  /** @throws Refusal UNAVAILABLE when the copy is older than 15 minutes: then nothing is written on the word of a token */
  assertRecent(): void;
  close(): void;
}

export interface RevocationClocks {
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
  /** Milliseconds from any beginning, which nobody sets. Default: the system's monotonic clock. */
  readonly elapsed?: () => number;
}

const ASK_EVERY_MS = 1000;

const TOO_OLD_MS = 15 * 60_000;

export function createRevocations(store: DenialStore, log: Log, clocks: RevocationClocks = {}): Revocations {
  const { clock = Date.now, elapsed = () => performance.now() } = clocks;
  const copy = createDenialCopy(clock);
  const listeners = new Set<(subjects: readonly string[]) => void>();

  /** Of the last load; null: none yet. */
  let sequence: number | null = null;
  let confirmedAt = 0;
  /** Since the last load: the store may have lost what it had told. */
  let cutOff = false;

  function join(denials: Parameters<typeof copy.join>[0]): void {
    const fresh = copy.join(denials);
    if (fresh.length > 0) for (const listener of listeners) listener(fresh);
  }

  async function load(): Promise<void> {
    const askedAt = elapsed();
    const loaded = await store.load(sequence === null || cutOff ? 0 : sequence);
    join(loaded.denials);
    copy.prune();
    sequence = loaded.sequence;
    confirmedAt = askedAt;
    cutOff = false;
    const lacking = loaded.complete ? copy.lackingIn(loaded.denials) : [];
    if (lacking.length === 0) return;
    log.warn({ denials: lacking.length }, 'the store has lost revocations; it is given them back');
    await store.deny(lacking);
  }

  function failed(error: unknown): void {
    cutOff = true;
    // Outages the store reports itself, once each.
    if (!(error instanceof Refusal)) log.error({ err: error }, 'the list of revocations could not be read');
  }

  let loading: Promise<void> | null = null;
  let changedMeanwhile = false;

  /** Never rejects. What is announced during a load may be missing in it, so another one follows. */
  function reload(): Promise<void> {
    changedMeanwhile = true;
    loading ??= (async () => {
      try {
        while (changedMeanwhile) {
          changedMeanwhile = false;
          await load();
        }
      } catch (error) {
        failed(error);
      } finally {
        loading = null;
      }
    })();
    return loading;
  }

  async function ask(): Promise<void> {
    const askedAt = elapsed();
    const standing = await store.sequence();
    if (standing === sequence && !cutOff) confirmedAt = askedAt;
    else await reload();
  }

  let stopWatching: (() => void) | null = null;
  let closed = false;

  /** Listen first, read second. Without the store there is nothing to listen to yet, so it is tried again. */
  async function listen(): Promise<void> {
    stopWatching = await store.watch((reconnected) => {
      cutOff ||= reconnected;
      void reload();
    });
    if (closed) stopWatching();
    await reload();
  }

  let busy = false;
  async function tick(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      await (stopWatching === null ? listen() : ask());
    } catch (error) {
      failed(error);
    }
    busy = false;
  }
  const timer = setInterval(tick, ASK_EVERY_MS).unref();
  void tick();

  const denies = (grant: Deniable) => subjectsOf(grant).some(copy.has);

  return {
    denies,
    deniesKey: (kid) => copy.has(keySubject(kid)),
    async check(grant) {
      if (sequence === null) await reload();
      else if (loading !== null) await loading;
      if (sequence !== null) return denies(grant);
      throw new Refusal('UNAVAILABLE', 'The store does not answer, so no token can be checked yet. Try again soon.');
    },
    deny: createDeny(
      {
        async deny(denials) {
          await store.deny(denials);
          join(denials);
        },
      },
      clock,
    ),
    onDenied(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ageMs: () => (sequence === null ? null : elapsed() - confirmedAt),
    assertRecent() {
      if (sequence !== null && elapsed() - confirmedAt <= TOO_OLD_MS) return;
      throw new Refusal(
        'UNAVAILABLE',
        'For 15 minutes this server could not learn which tokens were revoked, so it takes no writes. Try again soon.',
      );
    },
    close() {
      closed = true;
      clearInterval(timer);
      stopWatching?.();
    },
  };
}
