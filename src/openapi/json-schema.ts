import { type ZodType, z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema (draft 2020-12, as in OpenAPI 3.1) of what a client sends or gets, before any of our conversions. */
export function jsonSchema(schema: ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    unrepresentable: 'any',
    io: 'input',
    override({ jsonSchema: made }) {
      // Both say, in a page of digits, what `format` and `type` say already.
      if (made.format === 'date-time') delete made.pattern;
      if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum;
      if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum;
    },
  });
  return rest;
}
