export interface FairQueueLimits {
  /** Items that wait, of all parties together. */
  readonly maxItems: number;
  /** Sum of the sizes of the items that wait. */
  readonly maxSize: number;
}

export interface FairQueue<T> {
  /** @returns what has to go for it: the newest of those that have most waiting, perhaps the item itself */
  push(party: string, item: T, size: number): readonly T[];
  /** The oldest item of the party whose turn it is; null: nothing waits. */
  shift(): T | null;
  length(): number;
}

/** Serves parties in turn, one item each, so that who brings many waits for himself. */
export function createFairQueue<T>({ maxItems, maxSize }: FairQueueLimits): FairQueue<T> {
  interface Waiting {
    readonly item: T;
    readonly size: number;
  }
  interface Party {
    readonly waiting: Waiting[];
    size: number;
  }
  /** In the order of their turns. None is empty. */
  const parties = new Map<string, Party>();
  let items = 0;
  let size = 0;

  function removed(name: string, party: Party, { item, size: own }: Waiting): T {
    items -= 1;
    size -= own;
    party.size -= own;
    if (party.waiting.length === 0) parties.delete(name);
    return item;
  }

  /** By what is scarce. Of equals the last, so that newcomers do not push out who waits. */
  function largest(by: (party: Party) => number): [string, Party] {
    return [...parties].reduce((most, entry) => (by(entry[1]) >= by(most[1]) ? entry : most));
  }

  return {
    push(name, item, own) {
      const party = parties.get(name) ?? { waiting: [], size: 0 };
      parties.set(name, party);
      party.waiting.push({ item, size: own });
      party.size += own;
      items += 1;
      size += own;
      const gone: T[] = [];
      while (items > maxItems || size > maxSize) {
        const [loser, its] = largest(items > maxItems ? ({ waiting }) => waiting.length : (each) => each.size);
        gone.push(removed(loser, its, its.waiting.pop() as Waiting));
      }
      return gone;
    },

    shift() {
      for (const [name, party] of parties) {
        const oldest = party.waiting.shift() as Waiting;
        parties.delete(name);
        parties.set(name, party);
        return removed(name, party, oldest);
      }
      return null;
    },

    length: () => items,
  };
}
