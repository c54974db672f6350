import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Cell } from '../cell.ts';
import type { Table } from '../report.ts';

export const templates: Cell = {
  name: 'templates',
  async run() {
    const child = fork(fileURLToPath(new URL('compare.ts', import.meta.url)), {
      execArgv: ['--expose-gc', '--import', 'tsx'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the comparison of templates ended with ${code}`);
    });
    ended.catch(() => {});
    const [tables] = (await Promise.race([once(child, 'message'), ended])) as [Table[]];
    return tables;
  },
};
