import type { JsonValue } from '../../json.ts';
import type { Position } from '../template-error.ts';

/**
 * What a use of a value tells of it. The weak ones: `printed`, it is written somewhere; `sized`, its length is read;
 * `asked`, it is looked at only whether it is there or true.
 */
export type Use = 'object' | 'list' | 'color' | 'number' | 'text' | 'boolean' | 'printed' | 'sized' | 'asked';

/** What a template does with one value: an arg, a member of one, a variable, a parameter, or a value of its own. */
export interface Shape {
  readonly uses: Set<Use>;
  readonly fields: Map<string, Shape>;
  /** Elements of a list, or the members of an object that is gone through. */
  items: Shape | null;
  /** Of the elements: what a loop calls one of them. */
  name: string;
  /** Where else the value goes: what is done with it there is done with it. */
  readonly goesTo: Set<Shape>;
  /** The template makes the value itself, so its kind is known. */
  readonly known: boolean;
  /** What the template takes where the value is missing. */
  fallback: JsonValue | undefined;
  /** Where it is first read; null: nowhere. */
  at: Position | null;
}

const COLOR = /^(?:#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(?:rgb|hsl)a?\([^()]*\))$/i;

function shape(known: boolean, uses: readonly Use[] = []): Shape {
  const rest = { items: null, name: '', goesTo: new Set<Shape>(), fallback: undefined, at: null };
  return { uses: new Set(uses), fields: new Map(), known, ...rest };
}

export const unknownShape = (): Shape => shape(false);

export const knownShape = (use: Use): Shape => shape(true, [use]);

/** null: of nothing there is nothing to tell. */
export function shapeOf(value: JsonValue): Shape | null {
  if (typeof value === 'string') return knownShape(COLOR.test(value) ? 'color' : 'text');
  return typeof value === 'number' || typeof value === 'boolean' ? knownShape(typeof value as Use) : null;
}

export function readAt(value: Shape, at: Position | null): void {
  if (at === null || !Number.isInteger(at.lineno)) return;
  const { lineno, colno } = at;
  const known = value.at;
  if (known !== null && (known.lineno < lineno || (known.lineno === lineno && known.colno <= colno))) return;
  value.at = { lineno, colno };
}

export const isText = (value: Shape | null): boolean =>
  value?.known === true && (value.uses.has('text') || value.uses.has('color'));

export function use(value: Shape | null, how: Use): void {
  value?.uses.add(how);
}

/** The member of that name, read there. */
export function fieldOf(value: Shape | null, name: string, at: Position | null): Shape | null {
  if (value === null) return null;
  let field = value.fields.get(name);
  if (field === undefined) {
    field = unknownShape();
    value.fields.set(name, field);
  }
  readAt(field, at);
  return field;
}

/** The member at `a.b`, written as filters take it. */
export function fieldAt(value: Shape | null, path: string, at: Position): Shape | null {
  return path.split('.').reduce<Shape | null>((target, name) => fieldOf(target, name, at), value);
}

export function itemsOf(value: Shape | null, at: Position | null, name = ''): Shape | null {
  if (value === null) return null;
  value.items ??= unknownShape();
  readAt(value.items, at);
  value.items.name ||= name;
  return value.items;
}
