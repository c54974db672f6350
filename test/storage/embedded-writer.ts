// Writes until it is killed, and prints a number after each answered write.
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { begin, newAccount, open, push } from './backend.ts';
import { HOUR_MS, newApiKey, newSignIn, rotation } from './identity-records.ts';

const { sessions, accounts, keys, signIns, apiKeys, denials } = await openEmbeddedStorage({
  dataDir: process.argv[2] ?? '',
});
await keys.offer('{"kid":"k"}');
await signIns.add(newSignIn('s1'), 5);
await sessions.write(begin(open('shared')));
await sessions.write(begin(open('counter')));
for (let n = 2; ; n += 1) {
  await accounts.claim(`user${n}`, newAccount('$hash'));
  await signIns.rotate(rotation('s1', `t${n - 1}`, `t${n}`));
  await apiKeys.add(newApiKey(`k${n}`), Number.POSITIVE_INFINITY);
  await denials.deny([{ subject: `sid:${n}`, until: Date.now() + HOUR_MS }]);
  await sessions.write(push(open('shared'), 1, n));
  await sessions.write(push(open('counter'), 1, n));
  process.stdout.write(`${n}\n`);
}
