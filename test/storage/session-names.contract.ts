import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseName, type SessionId } from '../../src/sessions/session-id.ts';
import { type Backend, begin, newAccount, open, owned } from './backend.ts';

const EMOJI = '😀'.repeat(128);
const HOSTILE = [
  'user:alice:session:x',
  'alice:x',
  'u:alice',
  'p:alice',
  '{x}',
  '}{',
  '*',
  '?',
  '%2F',
  'alice%2Fx',
  'alice',
  'x',
  '__proto__',
  'constructor',
  'false',
  'null',
  '0',
  '\u00e9',
  'session',
  'signing',
  "'!()~ .-_",
  EMOJI,
];

/** No two ids, however spelled, share anything. */
export function sessionNamesContract(backend: Backend) {
  test('hostile names are names like any other, public and owned apart', async () => {
    const { sessions } = await backend.fresh();
    const ids: SessionId[] = [
      ...HOSTILE.map(open),
      ...HOSTILE.map((name) => owned('alice', name)),
      ...HOSTILE.map((owner) => owned(owner, 'x')).filter(({ owner }) => owner !== 'alice'),
      owned(EMOJI, EMOJI),
    ];
    for (const [n, id] of ids.entries()) {
      expect((await sessions.write(begin(id, { args: `{"n":${n}}` }))).written, JSON.stringify(id)).toBe(true);
    }
    for (const [n, id] of ids.entries()) {
      expect(await sessions.get(id)).toMatchObject({ id, version: 1, args: `{"n":${n}}` });
    }
    const mine = await sessions.list('alice', { first: 200 });
    expect(mine.entries.map(({ head }) => head.id.name)).toEqual(HOSTILE.toReversed());
    expect((await sessions.list('ali', { first: 5 })).entries).toEqual([]);
    expect(await sessions.delete(open('user:alice:session:x'))).toBe(true);
    expect(await sessions.get(owned('alice', 'user:alice:session:x'))).not.toBeNull();
    expect(await sessions.get(owned('alice', 'x'))).not.toBeNull();
  });

  test('the composed and the decomposed spelling are two ids to the store', async () => {
    const { sessions } = await backend.fresh();
    await sessions.write(begin(open('\u00e9')));
    expect(await sessions.get(open('e\u0301'))).toBeNull();
  });

  test('whatever public name is written, no owned session, account or key is reached', async () => {
    const { sessions, accounts, keys } = await backend.fresh();
    const treasure = owned('alice', 'x');
    await sessions.write(begin(treasure, { args: '{"mine":1}' }));
    await accounts.claim('alice', newAccount('$argon2id$mine'));
    await keys.offer('{"kid":"mine"}');
    const before = [await sessions.get(treasure), await accounts.find('alice'), await keys.read()];
    const piece = fc.constantFrom('alice', 'x', ':', '{', '}', '%', '*', 'u', 'p', 'rsvg', 'session', 'account', 'key');
    const name = fc
      .oneof(
        fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => pieces.join('')),
        fc.string({ unit: 'grapheme' }),
      )
      .filter(isName)
      .map((text) => parseName(text, 'name'));
    await fc.assert(
      fc.asyncProperty(name, async (spelling) => {
        const id = open(spelling);
        await sessions.write(begin(id, { args: '{"mine":0}' }));
        await accounts.claim(spelling, newAccount('$argon2id$other'));
        expect(await sessions.get(id)).toMatchObject({ id, args: '{"mine":0}' });
        expect([await sessions.get(treasure), await accounts.find('alice'), await keys.read()]).toEqual(before);
        expect(await sessions.delete(id)).toBe(true);
        expect((await sessions.list('alice', { first: 9 })).entries).toHaveLength(1);
      }),
      { seed: 1978, numRuns: 150 },
    );
  });
}

function isName(text: string): boolean {
  try {
    parseName(text, 'name');
    return true;
  } catch {
    return false;
  }
}
