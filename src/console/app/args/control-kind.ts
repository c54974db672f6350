import type { VariableFragment, VariableType } from '../generated/graphql.ts';

export type ControlKind = 'number' | 'colour' | 'switch' | 'text' | 'json';

const COLOUR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;
const BY_TYPE: Partial<Record<VariableType, ControlKind>> = {
  NUMBER: 'number',
  COLOR: 'colour',
  BOOLEAN: 'switch',
  TEXT: 'text',
  LIST: 'json',
  OBJECT: 'json',
};

/** What a value is changed with: by what it is, else, while there is none, by what the template does with it. */
function controlKind(value: unknown, type: VariableType | null): ControlKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'string') return COLOUR.test(value) || type === 'COLOR' ? 'colour' : 'text';
  if (value !== null && value !== undefined) return 'json';
  return (type && BY_TYPE[type]) ?? 'text';
}

/** Where a slider begins and ends, and its step, guessed from the value that it begins with. */
export function sliderRange(value: number): { readonly min: number; readonly max: number; readonly step: number } {
  const size = Math.abs(value);
  const fine = !Number.isInteger(value);
  if (fine && size <= 1) return { min: value < 0 ? -1 : 0, max: 1, step: 0.01 };
  const max = size <= 100 ? 100 : 10 ** Math.ceil(Math.log10(size * 1.01));
  return { min: value < 0 ? -max : 0, max, step: fine ? max / 1000 : Math.max(1, max / 1000) };
}

export interface ArgField {
  readonly name: string;
  readonly kind: ControlKind;
  /** undefined: the template's own default, or nothing. */
  readonly value: unknown;
  readonly fallback: unknown;
  /** Whether the template paints with it. */
  readonly isPaint: boolean;
}

export interface ControlProps {
  readonly id: string;
  readonly field: ArgField;
  readonly onChange: (value: unknown) => void;
}

/** The args as a form shows them: what the template reads, in its order, then what it does not. */
export function argFields(
  variables: readonly VariableFragment[],
  args: Readonly<Record<string, unknown>>,
): readonly ArgField[] {
  const read = variables.map(({ name, type, default: fallback }) => {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    return { name, value, fallback, kind: controlKind(value ?? fallback, type), isPaint: type === 'COLOR' };
  });
  const names = new Set(read.map(({ name }) => name));
  const rest = Object.entries(args).filter(([name]) => !names.has(name));
  const unread = rest.map(([name, value]) => {
    return { name, value, fallback: null, kind: controlKind(value, null), isPaint: false };
  });
  return [...read, ...unread];
}
