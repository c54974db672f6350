import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { checkArgs, encodeArgs } from '../../src/sessions/args.ts';
import { mergePatch } from '../../src/sessions/merge-patch.ts';

const nested = (depth: number): JsonObject => JSON.parse(`${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`);

describe('args from outside', () => {
  it('may nest 24 deep', () => expect(checkArgs(nested(24), 'args')).toEqual(nested(24)));

  it('may not nest 25 deep, nor 100,000', () => {
    const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' });
    expect(() => checkArgs(nested(25), 'args')).toThrow(refused);
    expect(() => checkArgs(JSON.parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 'args')).toThrow(refused);
  });

  it.each(['{"a":1e999}', '{"a":[{"b":-1e999}]}'])('may not hold a number that JSON cannot: %s', (text) => {
    expect(() => checkArgs(JSON.parse(text), 'args')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  it.each([null, [], 'text', 5, undefined])('must be an object: %j', (value) => {
    expect(() => checkArgs(value, 'patch')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  it('are measured in UTF-8 bytes of their JSON', () => {
    expect(encodeArgs({ a: 'é' }, 10)).toBe('{"a":"é"}');
    expect(() => encodeArgs({ a: 'é' }, 9)).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
  });
});

describe('a merge patch (RFC 7396, appendix A)', () => {
  const rows: readonly (readonly [JsonValue, JsonObject, JsonValue])[] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  it.each(rows)('%j with %j is %j', (target, patch, result) => {
    const before = JSON.stringify([target, patch]);
    expect(JSON.parse(JSON.stringify(mergePatch(target, patch)))).toEqual(result);
    expect(JSON.stringify([target, patch])).toBe(before);
  });

  it('treats __proto__ and constructor as keys like any other', () => {
    const merged = mergePatch(JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"b":2},"constructor":3}'));
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1,"b":2},"constructor":3}');
    expect(({} as { b?: number }).b).toBeUndefined();
  });
});
