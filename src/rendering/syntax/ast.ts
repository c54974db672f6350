import type { Position } from '../template-error.ts';

// The nodes of nunjucks' syntax tree that a template may hold. `allow.ts` proves that there are no others.

interface NodeOf<Type extends string> extends Position {
  readonly typename: Type;
}
interface ListOf<Type extends string, Child> extends NodeOf<Type> {
  readonly children: readonly Child[];
}
interface Binary<Type extends string> extends NodeOf<Type> {
  readonly left: Expression;
  readonly right: Expression;
}
interface Unary<Type extends string> extends NodeOf<Type> {
  readonly target: Expression;
}

interface Literal extends NodeOf<'Literal'> {
  readonly value: null | boolean | number | string;
}
export interface Name extends NodeOf<'Symbol'> {
  readonly value: string;
}
export interface TemplateData extends NodeOf<'TemplateData'> {
  readonly value: string;
}
interface Pair extends NodeOf<'Pair'> {
  readonly key: Name | (Literal & { readonly value: string });
  readonly value: Expression;
}
export type Dict = ListOf<'Dict', Pair>;
export type KeywordArgs = ListOf<'KeywordArgs', Pair>;
export type Arguments = ListOf<'NodeList', Expression | KeywordArgs>;
export interface Lookup extends NodeOf<'LookupVal'> {
  readonly target: Expression;
  readonly val: Expression;
}
export interface Call extends NodeOf<'FunCall'> {
  readonly name: Name | (Lookup & { readonly val: Literal });
  readonly args: Arguments;
}
export interface Filter extends NodeOf<'Filter'> {
  readonly name: Name;
  readonly args: Arguments;
}
export interface Capture extends NodeOf<'Capture'> {
  readonly body: Body;
}
interface InlineIf extends NodeOf<'InlineIf'> {
  readonly cond: Expression;
  readonly body: Expression;
  readonly else_: Expression | null;
}
export interface Is extends NodeOf<'Is'> {
  readonly left: Expression;
  readonly right: Name | (Literal & { readonly value: null }) | Call;
}
interface Compare extends NodeOf<'Compare'> {
  readonly expr: Expression;
  readonly ops: readonly (NodeOf<'CompareOperand'> & { readonly expr: Expression; readonly type: string })[];
}
interface MacroOf<Type extends string> extends NodeOf<Type> {
  readonly name: Name;
  readonly args: ListOf<'NodeList', Name | KeywordArgs>;
  readonly body: Body;
}
export type Macro = MacroOf<'Macro'>;
export type Caller = MacroOf<'Caller'>;

export type FloorDivision = Binary<'FloorDiv'>;

export type Operation =
  | Binary<'Or' | 'And' | 'Add' | 'Concat' | 'Sub' | 'Mul' | 'Div' | 'Mod'>
  | Unary<'Not' | 'Neg' | 'Pos'>
  | Compare;

export type Expression =
  | Literal
  | Name
  | ListOf<'Group', Expression>
  | ListOf<'Array', Expression>
  | Dict
  | Lookup
  | Call
  | Filter
  | Capture
  | Caller
  | InlineIf
  | Binary<'In' | 'Pow'>
  | FloorDivision
  | Is
  | Operation;

export type Output = ListOf<'Output', TemplateData | Expression>;
export interface If extends NodeOf<'If'> {
  readonly cond: Expression;
  readonly body: Body;
  readonly else_: Body | If | null;
}
export interface For extends NodeOf<'For'> {
  readonly arr: Expression;
  readonly name: Name | ListOf<'Array', Name>;
  readonly body: Body;
  readonly else_: Body | null;
}
export interface SetStatement extends NodeOf<'Set'> {
  readonly targets: readonly Name[];
  readonly value: Expression | null;
  /** Stands where `value` is null. */
  readonly body?: Capture;
  /** Written `set_global`. */
  readonly isGlobal?: true;
}
export interface Switch extends NodeOf<'Switch'> {
  readonly expr: Expression;
  readonly cases: readonly (NodeOf<'Case'> & { readonly cond: Expression; readonly body: Body })[];
  readonly default: Body | null;
}
export type Jump = NodeOf<'Break'> | NodeOf<'Continue'>;
export type Statement = Output | Jump | If | For | SetStatement | Switch | Macro | Body;
export type Body = ListOf<'NodeList', Statement>;
export type Root = ListOf<'Root', Statement>;
