import type { Cell } from '../cell.ts';
import { tablesOf } from '../tables-of.ts';

export const deltasCell: Cell = {
  name: 'deltas',
  run: () => tablesOf(new URL('compare.ts', import.meta.url)),
};
