import { Refusal } from '../../src/errors.ts';
import type { Engine } from '../../src/rendering/engine.ts';
import { FILTERS } from '../../src/rendering/filters/filters.ts';

export type Kind = 'text' | 'number' | 'list' | 'rows' | 'object';

/** A use of a filter that the engine renders. */
export interface FilterUse {
  readonly input: Kind;
  readonly name: string;
  /** As they stand in the parentheses. */
  readonly args: readonly string[];
}

/** By what the filter gives. */
export type FilterUses = Readonly<Record<Kind, readonly FilterUse[]>>;

const INPUTS: readonly (readonly [Kind, string])[] = [
  ['text', '"a-b c"'],
  ['number', '12.5'],
  ['list', '[3, 1, 2]'],
  ['rows', '[{name: "a", value: 1}]'],
  ['object', '{name: "a", value: 1}'],
];
const POSITIONAL = [[], ['2'], ['"name"'], ['[1, 2]'], ['"a"', '"b"'], ['2', '"a"'], ['[0, 1]', '[0, 9]']];
const KEYWORD_VALUES = ['2', '"name"'];

/** Which filters take what, found by trying, so that a new filter is used from its first day. */
export function learnFilters(engine: Engine): FilterUses {
  const uses: Record<Kind, FilterUse[]> = { text: [], number: [], list: [], rows: [], object: [] };
  for (const [name, { parameters = [], byKeyword }] of FILTERS) {
    const keywords = [...new Set([...parameters, ...(byKeyword?.parameters ?? [])])];
    const named = keywords.flatMap((keyword) => KEYWORD_VALUES.map((value) => [`${keyword}=${value}`]));
    for (const [input, sample] of INPUTS) {
      for (const args of [...POSITIONAL, ...named]) {
        const output = outputOf(engine, `${sample}|${name}${written(args)}`);
        if (output !== null) uses[output].push({ input, name, args });
      }
    }
  }
  return uses;
}

export const written = (args: readonly string[]): string => (args.length === 0 ? '' : `(${args.join(', ')})`);

const BEGINNINGS: readonly (readonly [RegExp, Kind])[] = [
  [/^"|^\{"val"/, 'text'],
  [/^[-\d]/, 'number'],
  [/^\[\{/, 'rows'],
  [/^\[/, 'list'],
  [/^\{/, 'object'],
];

/** null: it is refused, or gives nothing that a template could use further. */
function outputOf(engine: Engine, expression: string): Kind | null {
  try {
    const { svg } = engine.render(`<svg>{{ (${expression})|dump }}</svg>`, {});
    const json = svg.slice(svg.indexOf('>') + 1).replaceAll('&quot;', '"');
    return BEGINNINGS.find(([beginning]) => beginning.test(json))?.[1] ?? null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
