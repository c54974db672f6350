/** What a write has come to, before anything of it is put. */
export interface Decision<T> {
  readonly value: T;
  /** Puts what the write changes; what it throws is the store's own failure. null: nothing is changed. */
  readonly put: (() => void) | null;
}

/** What it takes of a store. */
export interface Transactions {
  /** Runs `action` later, alone among all writers. Resolves when committed; rejects, undone, when that fails. */
  begin(action: () => void): Promise<unknown>;
  /** Within it: runs `action` at once; undoes what an action that throws has put, and throws on. */
  nest<T>(action: () => T): T;
  /** What a writer is told of an error of the store. */
  refusalOf(error: unknown): unknown;
}

interface Write {
  readonly decide: () => Decision<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  outcome: { readonly value: unknown } | { readonly error: unknown } | null;
}

/**
 * Writers that come while the store's turn is not yet theirs share one transaction: entering and committing one costs
 * more than most writes. They run in the order of the calls, and one that throws undoes nothing but its own.
 */
export function createGroupCommit({ begin, nest, refusalOf }: Transactions) {
  let gathering: Write[] | null = null;

  function gather(): Write[] {
    const writes: Write[] = [];
    const committed = begin(() => {
      // Who comes from now on is too late for this one.
      gathering = null;
      for (const write of writes) run(write);
    });
    committed.then(
      () => writes.forEach(settle),
      (error) => {
        if (gathering === writes) gathering = null;
        const refusal = refusalOf(error);
        for (const { reject } of writes) reject(refusal);
      },
    );
    return writes;
  }

  function run(write: Write): void {
    let decision: Decision<unknown>;
    try {
      decision = write.decide();
    } catch (error) {
      write.outcome = { error: refusalOf(error) };
      return;
    }
    decision.put?.();
    write.outcome = decision;
  }

  function decided<T>(decide: () => Decision<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      gathering ??= gather();
      gathering.push({ decide, resolve, reject, outcome: null });
    });
  }

  return {
    /**
     * `decide` throws only before anything is put, so it needs no transaction of its own, which costs as much as four
     * puts. A store that fails to put takes nothing of the whole transaction.
     */
    decided,

    /** `action` reads what it has put, and may throw behind it. */
    nested: <T>(action: () => T): Promise<T> => decided(() => ({ value: nest(action), put: null })),
  };
}

function settle({ outcome, resolve, reject }: Write): void {
  if (outcome !== null && 'error' in outcome) reject(outcome.error);
  else resolve(outcome?.value as never);
}
