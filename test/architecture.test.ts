import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const words = ['errors.ts', 'json.ts', 'log.ts', 'random-name.ts', 'sessions/session-id.ts'];
const rules = ['sessions', 'frames', 'auth', 'rendering'];
const transports = ['http', 'graphql', 'rest', 'streams', 'console', 'openapi'];
/** Known on both sides of the console. */
const shown = ['console/page-settings.ts', 'console/picture-size.ts'];
const adapters = ['storage/embedded', 'storage/redis'];

/** Who may import whom. `storage` stands for its ports. A transport that needs another one says so here. */
const imports: Readonly<Record<string, readonly string[]>> = {
  'json.ts': [],
  'random-name.ts': [],
  'log.ts': [],
  'errors.ts': ['json.ts', 'log.ts'],
  'sessions/session-id.ts': ['errors.ts'],
  config: [],
  storage: words,
  'storage/embedded': [...words, 'storage'],
  'storage/redis': [...words, 'storage'],
  'storage/open-storage.ts': [...words, 'storage', ...adapters, 'config'],
  rendering: words,
  gallery: ['json.ts', 'rendering'],
  auth: [...words, 'storage'],
  frames: [...words, 'storage', 'auth'],
  limits: [...words, 'storage', 'auth', 'sessions'],
  sessions: [...words, 'storage', 'rendering', 'auth', 'frames'],
  http: [...words, 'auth'],
  graphql: [...words, ...rules, 'gallery', 'storage', 'http', 'streams'],
  rest: [...words, ...rules, 'storage', 'http'],
  streams: [...words, ...rules, 'storage', 'http'],
  console: [...words, ...rules, 'storage', 'http', 'streams', ...shown],
  'console/page-settings.ts': [],
  'console/picture-size.ts': [],
  // What runs in browsers knows nothing of the server but what the document tells it.
  client: [],
  embed: [],
  'console/app': ['client', ...shown],
  openapi: [...words, 'http', 'console'],
  'greeting.ts': [],
  metrics: [...words, ...rules, 'http'],
  demo: [...words, ...rules, 'storage'],
  'operate.ts': [...words, 'auth', 'config'],
  'operate-keys.ts': [...words, 'auth', 'config', 'operate.ts'],
  'terminal.ts': ['operate.ts'],
  'open-operator.ts': [...words, 'auth', 'config', 'storage/open-storage.ts'],
  'app.ts': [
    ...words,
    'config',
    'storage',
    'storage/open-storage.ts',
    ...rules,
    'limits',
    'gallery',
    ...transports,
    'console/page-settings.ts',
    'metrics',
    'demo',
  ],
  'node-env.ts': [],
  'main.ts': [
    ...words,
    'node-env.ts',
    'config',
    'storage',
    'storage/open-storage.ts',
    'app.ts',
    'demo',
    'greeting.ts',
    'operate.ts',
    'operate-keys.ts',
    'open-operator.ts',
    'terminal.ts',
  ],
};

/** Who may know a package; who is not named in its line may not. */
const packages: Readonly<Record<string, readonly string[]>> = {
  ioredis: ['storage/redis'],
  'graphql-redis-subscriptions': ['storage/redis'],
  lmdb: ['storage/embedded'],
  'rate-limiter-flexible': ['storage', 'storage/embedded', 'storage/redis'],
  nunjucks: ['rendering'],
  'd3-array': ['rendering'],
  'd3-format': ['rendering'],
  'd3-shape': ['rendering'],
  'd3-time-format': ['rendering'],
  jose: ['auth'],
  '@node-rs/argon2': ['auth'],
  yaml: ['config'],
  graphql: ['graphql'],
  'graphql-yoga': ['graphql'],
  'graphql-ws': ['graphql', 'client'],
  preact: ['console/app'],
  'preact-iso': ['console/app'],
  '@preact': ['console/app'],
  '@codemirror': ['console/app'],
  '@lezer': ['console/app'],
  '@graphql-yoga': ['graphql'],
  '@pothos': ['graphql'],
  ws: ['graphql', 'app.ts'],
  fastify: [...transports, 'metrics', 'app.ts'],
  '@fastify': [...transports, 'app.ts'],
  'node:http': [...transports, 'app.ts', 'main.ts'],
  'node:http2': [...transports, 'app.ts', 'main.ts'],
  'node:https': [...transports, 'app.ts', 'main.ts'],
};

const src = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !path.includes('/generated/'),
);
const modules = files.map((path) => ({ path, ...read(path) }));

/** The line of the table a file belongs to: its own, or that of its nearest folder. */
function unitOf(path: string): string {
  return path === '.' || Object.hasOwn(imports, path) ? path : unitOf(dirname(path));
}

function read(path: string) {
  const text = readFileSync(join(src, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imported: { readonly specifier: string; readonly typeOnly: boolean }[] = [];
  const identifiers = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const specifier = node.moduleSpecifier;
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      if (specifier !== undefined && ts.isStringLiteral(specifier)) {
        imported.push({ specifier: specifier.text, typeOnly });
      }
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteral(specifier)) {
        imported.push({ specifier: specifier.text, typeOnly: false });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { unit: unitOf(path), lines: text.split('\n').length - 1, imported, identifiers };
}

const inside = modules.flatMap(({ path, unit, imported }) =>
  imported
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => {
      const target = join(dirname(path), specifier);
      return { from: unit, to: unitOf(target), typeOnly, line: `${path} imports ${target}` };
    }),
);

test('every file belongs to a line of the table of imports', () => {
  expect(modules.filter(({ unit }) => unit === '.').map(({ path }) => path)).toEqual([]);
});

test.each(Object.entries(imports))('%s imports nothing of ours but %j', (unit, allowed) => {
  const wrong = inside.filter(({ from, to }) => from === unit && to !== unit && !allowed.includes(to));
  expect(wrong.map(({ line }) => line)).toEqual([]);
});

test('transports and the demo know the shapes of the storage ports, but call no store', () => {
  const wrong = inside.filter(({ from, to, typeOnly }) => {
    return [...transports, 'demo'].includes(from) && to === 'storage' && !typeOnly;
  });
  expect(wrong.map(({ line }) => line)).toEqual([]);
});

test.each(Object.entries(packages))('%s is known only to %j', (name, allowed) => {
  const wrong = modules.filter(({ unit, imported }) => {
    return !allowed.includes(unit) && imported.some(({ specifier }) => `${specifier}/`.startsWith(`${name}/`));
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('only main.ts touches the process, and metrics measure it', () => {
  const wrong = modules.filter(({ identifiers, imported }) => {
    return identifiers.has('process') || imported.some(({ specifier }) => /^(node:)?process$/.test(specifier));
  });
  const may = ['main.ts', 'node-env.ts', 'metrics/process-metrics.ts'];
  expect(wrong.map(({ path }) => path).filter((path) => !may.includes(path))).toEqual([]);
});

test('app.ts opens no port', () => {
  const app = modules.find(({ path }) => path === 'app.ts');
  expect(app?.identifiers.has('listen') ?? false).toBe(false);
});

test('no file is longer than 250 lines', () => {
  expect(modules.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
});

test('every file is named for what is in it: none is utils, helpers or index', () => {
  const names = (path: string) => [...dirname(path).split('/'), basename(path).replace(/\.tsx?$/, '')];
  expect(files.filter((path) => names(path).some((name) => /^(utils?|helpers?|index)$/.test(name)))).toEqual([]);
});
