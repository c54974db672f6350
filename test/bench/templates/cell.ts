import type { Cell } from '../cell.ts';
import { tablesOf } from '../tables-of.ts';

export const templates: Cell = {
  name: 'templates',
  run: () => tablesOf(new URL('compare.ts', import.meta.url), ['--expose-gc']),
};
