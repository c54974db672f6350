import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Table } from './report.ts';

/** What a comparison that needs a process of its own sends from there. */
export async function tablesOf(module: URL, flags: readonly string[] = []): Promise<readonly Table[]> {
  const child = fork(fileURLToPath(module), { execArgv: [...flags, '--import', 'tsx'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${module} ended with ${code}`);
  });
  ended.catch(() => {});
  const [tables] = await Promise.race([once(child, 'message'), ended]);
  return tables;
}
