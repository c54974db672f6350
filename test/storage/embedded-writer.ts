// Writes until it is killed, and prints a number after each answered write.
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { begin, open, push } from './backend.ts';

const { sessions, accounts, keys } = await openEmbeddedStorage({ dataDir: process.argv[2] ?? '' });
await keys.offer('{"kid":"k"}');
await sessions.write(begin(open('shared')));
await sessions.write(begin(open('counter')));
for (let n = 2; ; n += 1) {
  await accounts.claim(`user${n}`, '$hash');
  await sessions.write(push(open('shared'), 1, n));
  await sessions.write(push(open('counter'), 1, n));
  process.stdout.write(`${n}\n`);
}
