import type { JsonObject } from '../../../src/json.ts';

/** A harmless template, and its args. */
export type Case = readonly [template: string, args?: JsonObject];
