import {
  execute,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  parse,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';

test('the committed schema.graphql is the schema that is served', async () => {
  await expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toMatchFileSnapshot('../../schema.graphql');
});

test('introspection shows the defaults, an empty object too, and a description of everything of ours', async () => {
  const { data, errors } = await execute({ schema, document: parse(getIntrospectionQuery()) });
  expect(errors).toBeUndefined();

  const { types } = (data as unknown as IntrospectionQuery).__schema;
  const input = types.find(({ name }) => name === 'CreateSessionInput');
  const defaults = input?.kind === 'INPUT_OBJECT' && input.inputFields.map((field) => [field.name, field.defaultValue]);
  expect(defaults).toContainEqual(['args', '{}']);
  expect(defaults).toContainEqual(['public', 'false']);

  const described = types.filter(({ name }) => !name.startsWith('__'));
  expect(described.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  const fields = described.flatMap((type): readonly { name: string; description?: string | null | undefined }[] =>
    type.kind === 'OBJECT' ? type.fields : type.kind === 'INPUT_OBJECT' ? type.inputFields : [],
  );
  expect(fields.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
});
