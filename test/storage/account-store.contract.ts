import { expect, test } from 'vitest';
import type { Backend } from './backend.ts';

export function accountStoreContract(backend: Backend) {
  test('a free id is claimed once and found as it was claimed', async () => {
    const { accounts } = await backend.fresh();
    expect(await accounts.find('alice')).toBeNull();
    expect(await accounts.claim('alice', '$argon2id$v=19$m=19456$first')).toBe(true);
    const account = await accounts.find('alice');
    expect(account).toEqual({
      userId: 'alice',
      passwordHash: '$argon2id$v=19$m=19456$first',
      createdAt: account?.createdAt,
    });
    expect(Number.isInteger(account?.createdAt)).toBe(true);
    expect(await accounts.claim('alice', '$argon2id$second')).toBe(false);
    expect(await accounts.find('alice')).toEqual(account);
  });

  test('of many claims at once, through two handles, exactly one is told true', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    const claims = Array.from({ length: 40 }, (_, n) => (n % 2 ? here : there).accounts.claim('alice', `$${n}`));
    const answers = await Promise.all(claims);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await there.accounts.find('alice'))?.passwordHash).toBe(`$${answers.indexOf(true)}`);
  });

  test('ids are compared exactly, whatever they are made of', async () => {
    const { accounts } = await backend.fresh();
    const ids = ['a', 'A', 'a:b', '{a}', '%61', '*', '__proto__', 'constructor', 'signing', 'é', '😀'.repeat(128)];
    for (const id of ids) expect(await accounts.claim(id, `$${id}`)).toBe(true);
    for (const id of ids) expect(await accounts.find(id)).toMatchObject({ userId: id, passwordHash: `$${id}` });
  });
}
