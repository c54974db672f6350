type Outcome = { readonly value: unknown } | { readonly error: unknown };

interface Group {
  readonly actions: (() => unknown)[];
  readonly outcomes: Promise<readonly Outcome[]>;
}

/** What it takes of a store: both undo what an action that throws has put, and throw on. */
export interface Transactions {
  /** Runs `action` later, alone among all writers. Resolves when committed; rejects, undone, when that fails. */
  begin<T>(action: () => T): Promise<T>;
  /** Within it: runs `action` at once. */
  nest<T>(action: () => T): T;
}

/**
 * Writers that come while the store's turn is not yet theirs share one transaction: entering and committing one costs
 * more than most actions. They run in the order of the calls, and one that throws undoes nothing but its own: the group
 * is then run again with each in a transaction of its own, so actions change nothing but the store.
 */
export function createGroupCommit({ begin, nest }: Transactions): <T>(action: () => T) => Promise<T> {
  let gathering: Group | null = null;

  function runEach(actions: readonly (() => unknown)[]): readonly Outcome[] {
    return actions.map((action) => {
      try {
        return { value: nest(action) };
      } catch (error) {
        return { error };
      }
    });
  }

  function runTogether(actions: readonly (() => unknown)[]): readonly Outcome[] {
    if (actions.length === 1) return runEach(actions);
    try {
      return nest(() => actions.map((action) => ({ value: action() })));
    } catch {
      return runEach(actions);
    }
  }

  function gather(): Group {
    const actions: (() => unknown)[] = [];
    const outcomes = begin(() => {
      // Who comes from now on is too late for this one.
      gathering = null;
      return runTogether(actions);
    });
    const group = { actions, outcomes };
    outcomes.catch(() => {
      if (gathering === group) gathering = null;
    });
    return group;
  }

  return async <T>(action: () => T) => {
    gathering ??= gather();
    const { actions, outcomes } = gathering;
    const place = actions.push(action) - 1;
    const outcome = (await outcomes)[place] as Outcome;
    if ('error' in outcome) throw outcome.error;
    return outcome.value as T;
  };
}
