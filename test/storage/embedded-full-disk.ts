// Run with a limit on the size of files: writes until the store is full, makes room, and writes again.
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { begin, owned } from './backend.ts';

const { sessions, close } = await openEmbeddedStorage({ dataDir: process.argv[2] ?? '' });
const svg = 'x'.repeat(50_000);
const refusals: string[] = [];
let answered = 0;
while (refusals.length < 5) {
  try {
    await sessions.write(begin(owned('alice', `s${answered}`), { svg }));
    answered += 1;
  } catch (error) {
    refusals.push((error as { code: string }).code);
  }
}
const { entries } = await sessions.list('alice', { first: 1000 });
await sessions.delete(owned('alice', 's0'));
await sessions.delete(owned('alice', 's1'));
const again = await sessions.write(begin(owned('alice', 'again')));
await close();
process.stdout.write(JSON.stringify({ refusals, answered, listed: entries.length, again: again.written }));
