import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** How deep objects and arrays may nest; `{}` counts 1. */
const MAX_ARGS_DEPTH = 24;

/**
 * Checks that a value from outside is a JSON object no deeper than 24, all its numbers finite, without recursion: a deep
 * one parses, but would overflow the stack of all that walks it later.
 *
 * @throws Refusal BAD_USER_INPUT
 */
export function checkArgs(value: unknown, what: 'args' | 'patch'): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('BAD_USER_INPUT', `"${what}" must be a JSON object, for example {"price": 42}.`);
  }
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_ARGS_DEPTH) {
      throw new Refusal('BAD_USER_INPUT', `The args nest deeper than ${MAX_ARGS_DEPTH} levels; flatten them.`);
    }
    const next: object[] = [];
    for (const container of level) {
      for (const child of Object.values(container)) {
        if (typeof child === 'object' && child !== null) next.push(child);
        // JSON has no infinity: 1e999 is read as one, and would be stored as null.
        else if (child === Number.POSITIVE_INFINITY || child === Number.NEGATIVE_INFINITY) {
          throw new Refusal('BAD_USER_INPUT', 'The args hold a number beyond ±1.8e308; send it as text.');
        }
      }
    }
    level = next;
  }
  return value as JsonObject;
}

/** The args as they are stored. @param maxBytes UTF-8 bytes. @throws Refusal PAYLOAD_TOO_LARGE, BAD_USER_INPUT when a patch made them too deep */
export function encodeArgs(args: JsonObject, maxBytes: number): string {
  const text = JSON.stringify(args);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new Refusal('PAYLOAD_TOO_LARGE', `The args would take ${bytes} bytes as JSON; ${maxBytes} are allowed.`);
  }
  return text;
}
