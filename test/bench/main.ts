// `npm run bench`: measures the build beside its peers, in one run, and prints what it saw.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { builtServer } from './built.ts';
import { asText, type Table } from './report.ts';

// Once, before several processes would do it.
await builtServer();
const child = fork(fileURLToPath(new URL('templates/compare.ts', import.meta.url)), {
  execArgv: ['--expose-gc', '--import', 'tsx'],
});
const ended = once(child, 'exit').then(([code]) => {
  if (code !== 0) throw new Error(`the comparison of templates ended with ${code}`);
  return [];
});
const [tables = []] = (await Promise.race([once(child, 'message'), ended])) as [Table[]?];
for (const table of tables) console.log(asText(table));
