import { expect, test } from 'vitest';
import type { SignInStore } from '../../src/storage/sign-in-store.ts';
import type { Backend } from './backend.ts';
import { HOUR_MS, newSignIn, rotation } from './identity-records.ts';

const sidsOf = async (signIns: SignInStore, uid = 'u1') => (await signIns.list(uid)).map(({ sid }) => sid);

export function signInStoreContract(backend: Backend) {
  test('a sign-in is found as it was added, by its account alone', async () => {
    const { signIns } = await backend.fresh();
    expect(await signIns.find('u1', 's1')).toBeNull();
    expect(await signIns.add(newSignIn('s1', { userId: 'é{:}*', agent: 'Ü "x"\u0000' }), 5)).toEqual([]);
    await signIns.add(newSignIn('s2', { agent: null, tokenHash: null, familyHash: null }), 5);
    const found = await signIns.find('u1', 's1');
    const createdAt = found?.createdAt ?? Number.NaN;
    expect(found).toEqual({
      ...{ sid: 's1', uid: 'u1', userId: 'é{:}*', agent: 'Ü "x"\u0000' },
      ...{ createdAt, lastUsedAt: createdAt, expiresAt: createdAt + HOUR_MS },
    });
    expect(await signIns.find('u1', 's2')).toMatchObject({ agent: null });
    expect(await signIns.find('u2', 's1')).toBeNull();
    expect(await signIns.list('u2')).toEqual([]);
    expect(await signIns.list('u1')).toEqual([await signIns.find('u1', 's2'), found]);
  });

  test('the list begins with the last used, and with too many the longest unused goes', async () => {
    const { signIns } = await backend.fresh();
    // All within one millisecond, as likely as not.
    await Promise.all(['z', 'b', 'c'].map((sid) => signIns.add(newSignIn(sid), 3)));
    expect(await sidsOf(signIns)).toEqual(['c', 'b', 'z']);
    await signIns.add(newSignIn('x', { uid: 'u2' }), 3);
    await signIns.rotate(rotation('z', 't1', 't2'));
    expect(await sidsOf(signIns)).toEqual(['z', 'c', 'b']);
    expect(await signIns.add(newSignIn('d'), 3)).toEqual(['b']);
    expect(await sidsOf(signIns)).toEqual(['d', 'z', 'c']);
    expect(await signIns.find('u1', 'b')).toBeNull();
    expect(await signIns.add(newSignIn('e'), 1)).toEqual(['c', 'z', 'd']);
    expect(await sidsOf(signIns)).toEqual(['e']);
    expect(await sidsOf(signIns, 'u2')).toEqual(['x']);
  });

  test('a rotation replaces the token and begins the time anew', async () => {
    const { signIns } = await backend.fresh();
    await signIns.add(newSignIn('s1'), 5);
    const before = await signIns.find('u1', 's1');
    await backend.later(5);
    const outcome = await signIns.rotate(rotation('s1', 't1', 't2', { ttlMs: 2 * HOUR_MS }));
    const signIn = await signIns.find('u1', 's1');
    expect(outcome).toEqual({ is: 'rotated', signIn });
    expect(signIn).toMatchObject({ createdAt: before?.createdAt, userId: 'alice', agent: 'curl/8' });
    expect(signIn?.lastUsedAt).toBeGreaterThanOrEqual((before?.createdAt ?? Number.NaN) + 5);
    expect(signIn?.expiresAt).toBe((signIn?.lastUsedAt ?? Number.NaN) + 2 * HOUR_MS);
    expect(await signIns.rotate(rotation('s1', 't2', 't3'))).toMatchObject({ is: 'rotated' });
  });

  test('of fifty rotations with one token at once, through two handles, one is made and all are answered it', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    await here.signIns.add(newSignIn('s1'), 5);
    const attempts = Array.from({ length: 50 }, (_, n) => rotation('s1', 't1', `next ${n}`));
    const outcomes = await Promise.all(attempts.map((each, n) => (n % 2 ? here : there).signIns.rotate(each)));
    const winner = outcomes.findIndex(({ is }) => is === 'rotated');
    const others = outcomes.filter((_, n) => n !== winner);
    const signIn = await here.signIns.find('u1', 's1');
    expect(others).toHaveLength(49);
    for (const other of others) {
      expect(other).toEqual({ is: 'repeated', signIn, sealedAnswer: `sealed next ${winner}` });
    }
    expect(await there.signIns.rotate(rotation('s1', `next ${winner}`, 't3'))).toMatchObject({ is: 'rotated' });
  });

  test('each used token is answered again for its own grace, then it is reused', async () => {
    const { signIns } = await backend.fresh();
    await signIns.add(newSignIn('s1'), 5);
    await signIns.rotate(rotation('s1', 't1', 't2'));
    await signIns.rotate(rotation('s1', 't2', 't3', { graceMs: 30 }));
    await backend.later(31);
    const signIn = await signIns.find('u1', 's1');
    const first = { is: 'repeated', signIn, sealedAnswer: 'sealed t2' };
    expect(await signIns.rotate(rotation('s1', 't1', 'no'))).toEqual(first);
    expect(await signIns.rotate(rotation('s1', 't2', 'no'))).toEqual({ is: 'reused', signIn });
    expect(await signIns.find('u1', 's1')).toEqual(signIn);
    expect(await signIns.rotate(rotation('s1', 't3', 't4'))).toMatchObject({ is: 'rotated' });
  });

  test('however many tokens came after it, a used one is known, and what was never of the family is not', async () => {
    const { signIns } = await backend.fresh();
    await signIns.add(newSignIn('s1'), 5);
    for (let n = 1; n < 150; n += 1) await signIns.rotate(rotation('s1', `t${n}`, `t${n + 1}`, { graceMs: 1 }));
    await backend.later(2);
    expect(await signIns.rotate(rotation('s1', 't1', 'no'))).toMatchObject({ is: 'reused' });
    const unknown = { is: 'unknown' };
    expect(await signIns.rotate(rotation('s1', 'garbage', 'no', { familyHash: 'other' }))).toEqual(unknown);
    expect(await signIns.rotate(rotation('s1', 't150', 'no', { familyHash: 'other' }))).toEqual(unknown);
    expect(await signIns.rotate(rotation('s1', 't150', 'no', { uid: 'u2' }))).toEqual(unknown);
    expect(await signIns.rotate(rotation('s2', 't150', 'no'))).toEqual(unknown);
    expect(await signIns.rotate(rotation('s1', 't150', 't151'))).toMatchObject({ is: 'rotated' });
  });

  test('a sign-in without a refresh token is never rotated', async () => {
    const { signIns } = await backend.fresh();
    await signIns.add(newSignIn('s1', { tokenHash: null, familyHash: null }), 5);
    for (const hash of ['', 'null', 't1']) {
      const outcome = await signIns.rotate(rotation('s1', hash, 'no', { familyHash: hash }));
      expect(outcome).toEqual({ is: 'unknown' });
    }
  });

  test('what is removed is gone for everybody, its kept answers too', async () => {
    const { signIns } = await backend.fresh();
    const there = await backend.again();
    for (const sid of ['a', 'b', 'c']) await signIns.add(newSignIn(sid), 5);
    await signIns.rotate(rotation('a', 't1', 't2'));
    await signIns.remove('u2', ['b']);
    await signIns.remove('u1', []);
    await signIns.remove('u1', ['a', 'c', 'nobody']);
    expect(await sidsOf(there.signIns)).toEqual(['b']);
    expect(await there.signIns.rotate(rotation('a', 't1', 'no'))).toEqual({ is: 'unknown' });
    expect(await there.signIns.rotate(rotation('a', 't2', 'no'))).toEqual({ is: 'unknown' });
  });

  test('an expired sign-in is absent, and makes room', async () => {
    const { signIns } = await backend.fresh();
    await signIns.add(newSignIn('long'), 2);
    await signIns.add(newSignIn('short', { ttlMs: 30 }), 2);
    await backend.later(31);
    expect(await signIns.find('u1', 'short')).toBeNull();
    expect(await sidsOf(signIns)).toEqual(['long']);
    expect(await signIns.rotate(rotation('short', 't1', 't2'))).toEqual({ is: 'unknown' });
    expect(await signIns.add(newSignIn('next'), 2)).toEqual([]);
    expect(await sidsOf(signIns)).toEqual(['next', 'long']);
  });
}
