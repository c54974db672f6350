import type { JsonObject, JsonValue } from '../json.ts';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON Merge Patch (RFC 7396): null deletes a key, objects merge, everything else replaces.
 * Neither argument is changed. Callers bound the depth of both.
 */
export function mergePatch(target: JsonValue | undefined, patch: JsonObject): JsonObject {
  // Without a prototype `__proto__` is a key like any other.
  const merged: Record<string, JsonValue> = Object.create(null);
  if (isObject(target)) for (const [key, value] of Object.entries(target)) merged[key] = value;
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = isObject(value) ? mergePatch(merged[key], value) : value;
  }
  return merged;
}
