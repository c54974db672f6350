import { expect, test } from 'vitest';
import type { Account } from '../../src/storage/account-store.ts';
import { type Backend, newAccount } from './backend.ts';

const account = (uid: string, passwordHash = `$${uid}`) => newAccount(passwordHash, uid);

async function all(accounts: AsyncIterable<Account>): Promise<Account[]> {
  const found: Account[] = [];
  for await (const each of accounts) found.push(each);
  return found;
}

export function accountStoreContract(backend: Backend) {
  test('a free id is claimed once and found as it was claimed', async () => {
    const { accounts } = await backend.fresh();
    expect(await accounts.find('alice')).toBeNull();
    expect(await accounts.claim('alice', { uid: 'u1', passwordHash: '$argon2id$v=19$first', role: 'admin' })).toBe(
      'claimed',
    );
    const found = await accounts.find('alice');
    expect(found).toEqual({
      ...{ userId: 'alice', uid: 'u1', passwordHash: '$argon2id$v=19$first', role: 'admin' },
      ...{ generation: 1, disabled: false, createdAt: found?.createdAt },
    });
    expect(Number.isInteger(found?.createdAt)).toBe(true);
    expect(await accounts.claim('alice', account('u2'))).toBe('taken');
    expect(await accounts.find('alice')).toEqual(found);
  });

  test('of many claims at once, through two handles, exactly one is told so', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    const claims = Array.from({ length: 40 }, (_, n) =>
      (n % 2 ? here : there).accounts.claim('alice', account(`u${n}`)),
    );
    const answers = await Promise.all(claims);
    expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1);
    expect((await there.accounts.find('alice'))?.uid).toBe(`u${answers.indexOf('claimed')}`);
  });

  test('ids are compared exactly, whatever they are made of, and listed', async () => {
    const { accounts } = await backend.fresh();
    const ids = ['a', 'A', 'a:b', '{a}', '%61', '*', '__proto__', 'constructor', 'signing', 'é', '😀'.repeat(128)];
    for (const id of ids) expect(await accounts.claim(id, account('u', `$${id}`))).toBe('claimed');
    for (const id of ids) expect(await accounts.find(id)).toMatchObject({ userId: id, passwordHash: `$${id}` });
    expect((await all(accounts.list())).map(({ userId }) => userId).sort()).toEqual([...ids].sort());
  });

  test('a change is made only to the account that is meant', async () => {
    const { accounts } = await backend.fresh();
    await accounts.claim('alice', account('u1'));
    expect(await accounts.change('alice', { uid: 'u1' }, { disabled: true, generation: 2 })).toBe(true);
    expect(await accounts.find('alice')).toMatchObject({ disabled: true, generation: 2, passwordHash: '$u1' });
    expect(await accounts.change('alice', { uid: 'u1', passwordHash: '$u1' }, { passwordHash: '$new' })).toBe(true);
    expect(await accounts.change('alice', { uid: 'u1', passwordHash: '$u1' }, { passwordHash: '$late' })).toBe(false);
    expect(await accounts.change('alice', { uid: 'u2' }, { role: 'admin' })).toBe(false);
    expect(await accounts.change('bob', { uid: 'u1' }, { role: 'admin' })).toBe(false);
    const standing = { passwordHash: '$new', role: 'user', disabled: true, generation: 2 };
    expect(await accounts.find('alice')).toMatchObject(standing);
    expect(await accounts.find('bob')).toBeNull();
    await accounts.change('alice', { uid: 'u1' }, { disabled: false });
    expect(await accounts.find('alice')).toMatchObject({ ...standing, disabled: false });
  });

  test('the id of a removed account stays reserved for its time', async () => {
    const { accounts } = await backend.fresh();
    await accounts.claim('alice', account('u1'));
    expect(await accounts.remove('alice', 'u2', 60_000)).toBe(false);
    expect(await accounts.remove('alice', 'u1', 60_000)).toBe(true);
    expect(await accounts.find('alice')).toBeNull();
    expect(await accounts.remove('alice', 'u1', 60_000)).toBe(false);
    expect(await accounts.claim('alice', account('u3'))).toBe('reserved');

    await accounts.claim('bob', account('u4'));
    await accounts.remove('bob', 'u4', 50);
    await backend.later(51);
    expect(await accounts.claim('bob', account('u5'))).toBe('claimed');
    expect(await accounts.find('bob')).toMatchObject({ uid: 'u5', generation: 1 });
  });
}
