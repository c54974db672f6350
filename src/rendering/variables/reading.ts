import type { Macro } from '../syntax/ast.ts';
import { childrenOf, type RawNode } from '../syntax/children.ts';
import { IN_TEXT, type Place } from './place.ts';
import { type Shape, unknownShape } from './shape.ts';

/** Names that the template gives, as far as they are seen from one place. null: of the value nothing is known. */
export interface Scope {
  readonly names: Map<string, Shape | null>;
  readonly parent: Scope | null;
}

export interface MacroShape {
  readonly node: Macro;
  readonly parameters: ReadonlyMap<string, Shape>;
}

/** What is known while a template is read from its beginning to its end. */
export interface Reading {
  /** What is read and is no name of the template's own. */
  readonly args: Map<string, Shape>;
  readonly macros: ReadonlyMap<string, readonly MacroShape[]>;
  scope: Scope;
  place: Place;
  /** How many more ways of values are followed: a limit of work, past which guesses get poorer. */
  flows: number;
}

const MAX_FLOWS = 1000;

export function startReading(root: object): Reading {
  const macros = new Map<string, MacroShape[]>();
  const pending = [root as RawNode];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    pending.push(...childrenOf(node));
    if (node.typename !== 'Macro') continue;
    const macro = node as unknown as Macro;
    const named = macros.get(macro.name.value);
    const described = { node: macro, parameters: new Map(parametersOf(macro).map((name) => [name, unknownShape()])) };
    if (named === undefined) macros.set(macro.name.value, [described]);
    else named.push(described);
  }
  return { args: new Map(), macros, scope: { names: new Map(), parent: null }, place: IN_TEXT, flows: MAX_FLOWS };
}

/** In the order in which arguments fill them: those without a default first. */
function parametersOf({ args }: Pick<Macro, 'args'>): readonly string[] {
  return args.children.flatMap((arg) =>
    arg.typename === 'Symbol' ? [arg.value] : arg.children.map(({ key }) => key.value),
  );
}

/** undefined: it is no name of the template's own. */
export function lookUp(from: Scope, name: string): Shape | null | undefined {
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    const found = scope.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function argNamed({ args }: Reading, name: string): Shape {
  let arg = args.get(name);
  if (arg === undefined) {
    arg = unknownShape();
    args.set(name, arg);
  }
  return arg;
}

/** A value may be the other one too: with all that is in it. */
export function flow(reading: Reading, from: Shape, to: Shape): void {
  if (from === to || reading.flows <= 0) return;
  reading.flows -= 1;
  from.goesTo.add(to);
  if (from.known) for (const how of from.uses) to.uses.add(how);
  for (const [name, field] of from.fields) {
    let target = to.fields.get(name);
    if (target === undefined) {
      target = unknownShape();
      to.fields.set(name, target);
    }
    flow(reading, field, target);
  }
  if (from.items !== null) {
    to.items ??= unknownShape();
    flow(reading, from.items, to.items);
  }
}

/** One of them, it is not known which. */
export function oneOf(reading: Reading, values: readonly (Shape | null)[]): Shape | null {
  const [first, ...others] = new Set(values.filter((value) => value !== null));
  if (first === undefined) return null;
  if (others.length === 0 || reading.flows <= 0) return first;
  const joined = unknownShape();
  for (const value of [first, ...others]) flow(reading, value, joined);
  return joined;
}

/** Runs what is inside another scope and gives that scope back. */
export function inScope(reading: Reading, parent: Scope | null, run: () => void): Scope {
  const { scope } = reading;
  const inner: Scope = { names: new Map(), parent };
  reading.scope = inner;
  run();
  reading.scope = scope;
  return inner;
}
