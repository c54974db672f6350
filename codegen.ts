import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Run by `npm run codegen`, and by the build for the console: typed documents, made from the committed schema alone.
const root = fileURLToPath(new URL('.', import.meta.url));

const clients = [
  { operations: 'test/graphql/operations', generated: 'test/graphql/generated' },
  { operations: 'src/client/operations', generated: 'src/client/generated' },
  { operations: 'src/console/app/operations', generated: 'src/console/app/generated' },
];

const target = {
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
} as const;

function changedAt(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isCurrent({ operations, generated }: (typeof clients)[number]): boolean {
  const sources = readdirSync(join(root, operations)).map((name) => join(operations, name));
  const newest = Math.max(...[...sources, operations, 'schema.graphql', 'codegen.ts'].map(changedAt));
  return changedAt(join(generated, 'graphql.ts')) >= newest;
}

/** Replaced whole, so that a build beside this one never reads half a file. */
function write(path: string, content: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === content && !path.endsWith('/graphql.ts')) return;
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.tmp`;
  writeFileSync(aside, content);
  renameSync(aside, path);
}

/** Makes what is missing or older than the operations, the schema or this file. */
export async function generateDocuments(): Promise<void> {
  const stale = clients.filter((each) => existsSync(join(root, each.operations)) && !isCurrent(each));
  if (stale.length === 0) return;
  // It takes seconds to load.
  const { generate } = await import('@graphql-codegen/cli');
  for (const client of stale) {
    const files = await generate(
      {
        cwd: root,
        schema: join(root, 'schema.graphql'),
        documents: join(root, client.operations, '*.graphql'),
        silent: true,
        generates: { [`${join(root, client.generated)}/`]: target },
      },
      false,
    );
    for (const { filename, content } of files) write(filename, content);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generateDocuments();
