import type { KeyOperator } from './auth/key-operator.ts';
import type { KeysCommand } from './config/keys-command.ts';
import type { Terminal } from './operate.ts';

const inWords = (time: number | null) => (time === null ? '-' : new Date(time).toISOString());

/** Carries out what an operator asked for. @throws Refusal as the operator of the keys does */
export async function operateKeys({ action, now }: KeysCommand, keys: KeyOperator, { print }: Pick<Terminal, 'print'>) {
  if (action === 'list') {
    for (const { key, state, removedAt } of await keys.list()) {
      const { kid, publishedAt, signsFrom, privateHalf } = key;
      const kept = privateHalf === null ? 'public half' : (privateHalf.encryptedBy ?? 'not encrypted');
      print([kid, state, inWords(publishedAt), inWords(signsFrom), inWords(removedAt), kept].join('\t'));
    }
    return;
  }
  if (now) {
    const { kid } = await keys.replaceAll();
    return print(`The key ${kid} signs now. Every access token has ended; sign-ins and API keys go on.`);
  }
  const { kid, signsFrom, made } = await keys.rotate();
  const what = made ? `The key ${kid} is published` : `A rotation is under way: the key ${kid} is published`;
  print(`${what} and signs from ${inWords(signsFrom)}. Tokens of the others stay good until they expire.`);
}
