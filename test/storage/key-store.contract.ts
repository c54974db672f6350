import { expect, test } from 'vitest';
import type { Backend } from './backend.ts';

export function keyStoreContract(backend: Backend) {
  test('the first record offered stands, and who comes later is given it', async () => {
    const { keys } = await backend.fresh();
    expect(await keys.read()).toBeNull();
    const record = '{"private":{"kty":"RSA","n":"é\\u0000"},"public":{}}';
    expect(await keys.offer(record)).toBe(record);
    expect(await keys.offer('{"other":1}')).toBe(record);
    expect(await keys.read()).toBe(record);
  });

  test('of many offers at once, through two handles, all are answered with the same record', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    const offers = Array.from({ length: 30 }, (_, n) => (n % 2 ? here : there).keys.offer(`record ${n}`));
    const answers = new Set(await Promise.all(offers));
    expect(answers.size).toBe(1);
    expect(answers.has((await there.keys.read()) ?? '')).toBe(true);
  });

  test('a record is replaced by who knows it as it stands, and by nobody else', async () => {
    const { keys } = await backend.fresh();
    expect(await keys.replace('', 'first')).toBe(false);
    expect(await keys.read()).toBeNull();
    await keys.offer('é 1');
    expect(await keys.replace('é', 'é 2')).toBe(false);
    expect(await keys.read()).toBe('é 1');
    expect(await keys.replace('é 1', 'é 2\u0000')).toBe(true);
    expect(await (await backend.again()).keys.read()).toBe('é 2\u0000');
  });

  test('of many replacements at once, through two handles, one is made', async () => {
    const here = await backend.fresh();
    const there = await backend.again();
    await here.keys.offer('old');
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? here : there).keys.replace('old', `new ${n}`)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await here.keys.read()).toBe(`new ${made.indexOf(true)}`);
  });
}
