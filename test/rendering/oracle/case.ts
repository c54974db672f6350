import type { JsonObject } from '../../../src/json.ts';

/** A harmless template, and its args. */
export type Case = readonly [template: string, args?: JsonObject];

/** One template a line; blank lines do not count. */
export const templates = (lines: string, args: JsonObject = {}): readonly Case[] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => [line, args]);

/** One expression a line, alone in `{{ }}`. */
export const expressions = (lines: string, args: JsonObject = {}): readonly Case[] =>
  templates(lines, args).map(([expression]) => [`{{ ${expression} }}`, args]);
