import { generate } from '@graphql-codegen/cli';

// Run by `npm run codegen`: typed documents for clients, made from the committed schema alone.
await generate({
  schema: 'schema.graphql',
  documents: 'test/graphql/operations/*.graphql',
  silent: true,
  generates: {
    'test/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        importExtension: '.ts',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', JSON: 'unknown', JSONObject: 'Record<string, unknown>' },
      },
    },
  },
});
