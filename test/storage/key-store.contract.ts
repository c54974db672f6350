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
}
