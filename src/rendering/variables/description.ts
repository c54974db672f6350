import type { Position } from '../template-error.ts';
import type { Shape, Use } from './shape.ts';
import type { Variable, VariableType } from './variables.ts';

/** Past these, members are left out. */
const MAX_VARIABLES = 200;
const MAX_LEVELS = 8;

type Inside = Pick<Variable, 'fields' | 'items'>;
type Named = readonly [string, readonly Shape[]];

/** What a variable is a part of. */
interface Around {
  readonly path: string | null;
  /** All that its owners may be: a macro that calls itself for each part of a tree has no end. */
  readonly shapes: ReadonlySet<Shape>;
  readonly level: number;
}

export function createDescription() {
  let count = 0;

  function named(entries: readonly Named[], around: Around): readonly Variable[] {
    const variables: Variable[] = [];
    for (const [name, shapes] of entries) {
      const variable = describe(name, pathOf(around.path, name), shapes, around);
      if (variable !== null) variables.push(variable);
    }
    return variables.sort((one, other) => one.line - other.line || one.column - other.column);
  }

  function describe(name: string, path: string, origins: readonly Shape[], around: Around): Variable | null {
    const shapes = reached(origins);
    const at = firstRead(shapes);
    if (at === null || count >= MAX_VARIABLES) return null;
    count += 1;
    const type = guess(shapes);
    return {
      ...{ name, path, type, line: at.lineno + 1, column: at.colno + 1 },
      default: shapes.find(({ fallback }) => fallback !== undefined)?.fallback ?? null,
      ...(type === 'list' || type === 'object' ? inside(type, path, shapes, around) : { fields: [], items: null }),
    };
  }

  function inside(type: 'list' | 'object', path: string, shapes: readonly Shape[], around: Around): Inside {
    if (around.level >= MAX_LEVELS || shapes.some((shape) => around.shapes.has(shape))) {
      return { fields: [], items: null };
    }
    const own = { path, shapes: new Set([...around.shapes, ...shapes]), level: around.level + 1 };
    const parts = shapes.flatMap(({ items }) => (items === null ? [] : [items]));
    const name = parts.find((part) => part.name !== '')?.name ?? '';
    return {
      fields: type === 'object' ? named(fieldsOf(shapes), own) : [],
      items: parts.length > 0 ? describe(name, `${path}[]`, parts, own) : null,
    };
  }

  return { named };
}

/** The shapes, and all that they go to. */
function reached(origins: readonly Shape[]): readonly Shape[] {
  const shapes = new Set(origins);
  for (const shape of shapes) for (const next of shape.goesTo) shapes.add(next);
  return [...shapes];
}

function firstRead(shapes: readonly Shape[]): Position | null {
  return shapes.find(({ at }) => at !== null)?.at ?? null;
}

function fieldsOf(shapes: readonly Shape[]): readonly Named[] {
  const fields = new Map<string, Shape[]>();
  for (const [name, field] of shapes.flatMap((shape) => [...shape.fields])) {
    const known = fields.get(name);
    if (known === undefined) fields.set(name, [field]);
    else known.push(field);
  }
  return [...fields];
}

const pathOf = (parent: string | null, name: string): string => {
  if (parent === null) return name;
  return /^[\p{ID_Continue}$-]+$/u.test(name) ? `${parent}.${name}` : `${parent}[${JSON.stringify(name)}]`;
};

/** The strongest of what the uses tell. */
const GUESSES: readonly (readonly [Use, VariableType])[] = [
  ['list', 'list'],
  ['object', 'object'],
  ['color', 'color'],
  ['number', 'number'],
  ['text', 'text'],
  ['boolean', 'boolean'],
  ['printed', 'text'],
  ['sized', 'list'],
  ['asked', 'boolean'],
];

function guess(shapes: readonly Shape[]): VariableType {
  const uses = new Set<Use>();
  for (const shape of shapes) for (const use of shape.uses) uses.add(use);
  const hasFields = shapes.some(({ fields }) => [...fields.values()].some(({ at }) => at !== null));
  if (hasFields) return 'object';
  // A text can be gone through and cut in pieces as well.
  if (uses.has('list') && uses.has('text')) return 'text';
  return GUESSES.find(([use]) => uses.has(use))?.[1] ?? 'unknown';
}
