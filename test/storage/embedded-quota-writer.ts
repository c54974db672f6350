// Begins, changes and deletes sessions at random until it is killed, and prints a number now and then.
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { begin, push } from './backend.ts';

const { sessions } = await openEmbeddedStorage({ dataDir: process.argv[2] ?? '' });
for (let n = 1; ; n += 1) {
  const work = Array.from({ length: 8 }, async () => {
    const id = { owner: Math.random() < 0.5 ? 'alice' : null, name: `s${Math.floor(Math.random() * 20)}` };
    if (Math.random() < 0.3) return sessions.delete(id);
    const svg = 'x'.repeat(Math.random() * 300);
    const { written } = await sessions.write(begin(id, { svg }));
    return written || sessions.write(push(id, 1, n, { svg }));
  });
  await Promise.all(work);
  process.stdout.write(`${n}\n`);
}
