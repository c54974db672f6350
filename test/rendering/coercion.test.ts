import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { FILTERS } from '../../src/rendering/filters/filters.ts';
import { FUNCTIONS } from '../../src/rendering/functions.ts';
import { TESTS } from '../../src/rendering/tests.ts';
import { compilePlain } from './plain.ts';

// JavaScript's own coercion of a list takes for ever on `[x, x]` doubled sixty times, so every value becomes a text or
// a number by the engine's own. An object made by a template has no prototype: whatever else coerces it throws.
const UNFIT = ['[{}]', '[[{a: [{}]}]]', '{}'];
const INPUTS = ['"a b"', '5', '[1, 2]', '[[1], {b: {}}]', '{a: 1}', '"#fff"', ...UNFIT];

/** The expressions that end in anything but a value or a refusal. */
function crashing(expressions: readonly string[]): readonly string[] {
  return expressions.filter((expression) => {
    try {
      compilePlain(`{{ ${expression} }}`).evaluate({}, { maxSteps: 100_000, maxOut: 100_000 });
      return false;
    } catch (error) {
      return !(error instanceof Refusal);
    }
  });
}

/** `use` of each input and each unfit value. */
const uses = (use: (input: string, unfit: string) => readonly string[]): readonly string[] =>
  INPUTS.flatMap((input) => UNFIT.flatMap((unfit) => use(input, unfit)));

function parametersOf(filter: string): readonly string[] {
  const known = FILTERS.get(filter);
  return [...(known?.parameters ?? []), ...(known?.byKeyword?.parameters ?? [])];
}

describe('an unfit value is refused or taken as the engine takes it, and never coerced by JavaScript', () => {
  test.each([...FILTERS.keys()])('filter %s', (name) => {
    const expressions = uses((input, unfit) => [
      `${input} | ${name}`,
      ...[unfit, `1, ${unfit}`, `${unfit}, ${unfit}`, `"a", "b", ${unfit}`, `2, 3, 4, ${unfit}`].map(
        (args) => `${input} | ${name}(${args})`,
      ),
      ...parametersOf(name).map((parameter) => `${input} | ${name}(${parameter}=${unfit})`),
    ]);
    expect(crashing(expressions)).toEqual([]);
  });

  test.each([...TESTS.keys()])('test %s', (name) => {
    expect(crashing(uses((input, unfit) => [`${input} is ${name}(${unfit})`]))).toEqual([]);
  });

  test.each([...FUNCTIONS.keys()])('function %s', (name) => {
    const args = UNFIT.flatMap((unfit) => [unfit, `1, ${unfit}`, `1, 2, ${unfit}`]);
    expect(crashing(args.map((given) => `${name}(${given})`))).toEqual([]);
  });

  const operators = ['+', '-', '*', '/', '//', '%', '**', '~', '==', '===', '<', '>=', 'and', 'or', 'in'];
  test.each(operators)('operator %s', (operator) => {
    const expressions = uses((input, unfit) => [`${input} ${operator} ${unfit}`, `${unfit} ${operator} ${input}`]);
    expect(crashing(expressions)).toEqual([]);
  });

  test('key, condition, sign and output', () => {
    const expressions = uses((input, unfit) => [`(${input})[${unfit}]`, `1 if ${unfit}`, `-${unfit}`, unfit]);
    expect(crashing(expressions)).toEqual([]);
  });
});
