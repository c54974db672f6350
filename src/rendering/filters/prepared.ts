import { LRUCache } from 'lru-cache';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';

/** Steps that the largest budget has. */
const MOST_STEPS = 100_000;

/**
 * Keeps what is slow to make: formatters, by the arguments that they are made from.
 * A render is charged for the first use of each whether it is kept or not, else the same render would cost differently
 * the second time. So many are kept that no render can pay for more, and none is made twice in one.
 *
 * @param cost steps of making one.
 */
export function createPrepared<Made extends object>(cost: number) {
  const kept = new LRUCache<string, Made>({ max: Math.ceil(MOST_STEPS / cost) });
  const paid = new WeakMap<RenderState, Set<string>>();
  return (state: RenderState, key: string, make: () => Made): Made => {
    const keys = paid.get(state) ?? new Set();
    if (keys.size === 0) paid.set(state, keys);
    if (!keys.has(key)) {
      charge(state, cost);
      keys.add(key);
    }
    let made = kept.get(key);
    if (made === undefined) {
      made = make();
      kept.set(key, made);
    }
    return made;
  };
}
