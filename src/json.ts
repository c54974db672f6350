/** A JSON value as `JSON.parse` yields it (RFC 8259). */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Any key is data, `__proto__` and `constructor` too: read it with `Object.hasOwn`, never with a bare `in` or a truthiness test. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
