import { charge, checkDepth, checkText } from '../runtime/budget.ts';
import { keysOf, member } from '../runtime/members.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { isDict, isList, isSafe, type Value } from '../runtime/values.ts';

/** `JSON.stringify` within the budget. undefined: the value has no JSON. @param indent of one level. */
export function dump(state: RenderState, value: Value, indent: string, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null) return value === undefined ? undefined : JSON.stringify(value);
  if (isSafe(value)) return JSON.stringify(value.text);
  if (!isList(value) && !isDict(value)) return undefined;
  checkDepth(state, depth + 1);
  const parts: string[] = [];
  let length = 0;
  const push = (part: string): void => {
    parts.push(part);
    length += part.length + indent.length * (depth + 1);
    checkText(state, length);
  };
  if (isList(value)) {
    charge(state, value.length);
    for (const item of value) push(dump(state, item, indent, depth + 1) ?? 'null');
  } else {
    for (const key of keysOf(state, value)) {
      const text = dump(state, member(value, key), indent, depth + 1);
      if (text !== undefined) push(`${JSON.stringify(key)}:${indent === '' ? '' : ' '}${text}`);
    }
  }
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (indent === '') return open + parts.join(',') + close;
  const newLine = `\n${indent.repeat(depth)}`;
  return `${open}${newLine}${indent}${parts.join(`,${newLine}${indent}`)}${newLine}${close}`;
}

/** The third argument of `JSON.stringify`: a number of spaces up to 10, or ten characters of a text. */
export function dumpIndent(spaces: Value): string {
  if (typeof spaces === 'number') return ' '.repeat(Math.min(10, Math.max(0, Math.floor(spaces) || 0)));
  return typeof spaces === 'string' ? spaces.slice(0, 10) : '';
}
