import type { HoleKind } from '../holes/hole-kind.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import type { Expression, TemplateData } from '../syntax/ast.ts';

/** Evaluates one node. */
export type Evaluate = (state: RenderState) => Value;
/** Runs one statement; what it writes is appended to `state.out`. */
export type Run = (state: RenderState) => void;

/** The slots of one run of the template, of a macro or of a call block. Slot 0 holds the activation around it. */
export interface Activation {
  slots: number;
}

/** What is the same in every scope of one template. */
export interface Names {
  /** The names that the template itself gives to something. Every other one is an arg, and needs no look-up. */
  readonly declared: ReadonlySet<string>;
  /** The number of each name among the globals. */
  readonly globals: Map<string, number>;
  readonly writing: Writing;
}

/** How a template's own text and its values are written. */
export interface Writing {
  textOf(data: TemplateData): string;
  kindOf(hole: Expression): HoleKind;
  /** What macros yield is known to be well-formed and harmless. */
  readonly isProven: boolean;
}

/** As text that may become anything: nunjucks' own escaping. */
export const PLAIN_WRITING: Writing = { textOf: ({ value }) => value, kindOf: () => 'plain', isProven: false };

export function globalOf({ names: { globals } }: Scope, name: string): number {
  const known = globals.get(name);
  if (known !== undefined) return known;
  globals.set(name, globals.size);
  return globals.size - 1;
}

/**
 * Names that nunjucks binds when it compiles: loop names, positional parameters, macros. Where one of them is in scope,
 * it is read from its slot even if it is undefined; every other name is looked up at run time.
 */
export interface Scope {
  readonly names: Names;
  readonly slots: Map<string, number>;
  readonly parent: Scope | null;
  readonly activation: Activation;
  /** Here `break` and `continue` have a loop to act on. */
  readonly inLoop: boolean;
}

export interface Place {
  /** Activations to go outwards. */
  readonly hops: number;
  readonly slot: number;
}

/** A scope that sees nothing of what is around it. */
export const isolatedScope = (names: Names): Scope => ({
  names,
  slots: new Map(),
  parent: null,
  activation: { slots: 1 },
  inLoop: false,
});
/** A call block's: its own activation, which sees the scope in which it is written. */
export const callBlockScope = (parent: Scope): Scope => ({ ...isolatedScope(parent.names), parent });
export const innerScope = (parent: Scope): Scope => ({ ...parent, slots: new Map(), parent });

export function bind(scope: Scope, name: string): number {
  const slot = scope.activation.slots;
  scope.activation.slots += 1;
  scope.slots.set(name, slot);
  return slot;
}

export function resolve(scope: Scope, name: string): Place | null {
  let hops = 0;
  let activation = scope.activation;
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.activation !== activation) {
      hops += 1;
      activation = at.activation;
    }
    const slot = at.slots.get(name);
    if (slot !== undefined) return { hops, slot };
  }
  return null;
}

function activationAt(state: RenderState, hops: number): unknown[] {
  let locals = state.locals;
  for (let i = 0; i < hops; i += 1) locals = locals[0] as unknown[];
  return locals;
}

export const readPlace = (state: RenderState, { hops, slot }: Place): Value =>
  (hops === 0 ? state.locals : activationAt(state, hops))[slot] as Value;

export function writePlace(state: RenderState, { hops, slot }: Place, value: Value): void {
  activationAt(state, hops)[slot] = value;
}
