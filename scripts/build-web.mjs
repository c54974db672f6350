// @ts-check
// Builds the console and `embed.js`. A build of the server holds its own; `node scripts/build-web.mjs` makes the one of servers that
// run from the sources, if it is missing or older than they are: `dist/web-<hash>/`, to which `dist/web.json` points.
import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { filesUnder, hashOf, moveIntoPlace, replace, temporary } from './sources.mjs';

const COMPRESSED = /\.(?:js|css|svg)$/;
const BUILT = /^web-[0-9a-f]{16}$/;
const BUILDS_TO_KEEP = 3;

/** @param {string} root the project's folder @param {string} outDir */
export async function buildWeb(root, outDir) {
  const { build } = await import('vite');
  await build({ root, configFile: join(root, 'vite.config.ts'), build: { outDir, emptyOutDir: true } });
  await build({ root, configFile: join(root, 'vite.embed.config.ts'), build: { outDir, emptyOutDir: false } });
  await Promise.all(
    filesUnder(outDir)
      .filter((path) => COMPRESSED.test(path))
      .map(compress),
  );
}

/** @param {string} path */
async function compress(path) {
  const content = fs.readFileSync(path);
  fs.writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  fs.writeFileSync(`${path}.br`, await promisify(brotliCompress)(content));
}

/**
 * @param {string} root the project's folder
 * @returns {Promise<void>}
 */
export async function buildWebForSources(root) {
  const dist = join(root, 'dist');
  const sources = [
    'src/client',
    'src/embed',
    'src/console/app',
    'schema.graphql',
    'codegen.ts',
    'vite.config.ts',
    'vite.embed.config.ts',
  ];
  const settings = ['tsconfig.json', 'package.json', 'package-lock.json', 'scripts/build-web.mjs'];
  const folder = `web-${hashOf(
    root,
    [...sources, ...settings].map((path) => join(root, path)),
  )}`;
  if (!fs.existsSync(join(dist, folder))) {
    const aside = temporary(dist);
    try {
      await buildWeb(root, aside);
      moveIntoPlace(aside, join(dist, folder));
    } finally {
      fs.rmSync(aside, { recursive: true, force: true });
    }
  }
  const now = new Date();
  fs.utimesSync(join(dist, folder), now, now);
  replace(join(dist, 'web.json'), `${JSON.stringify({ folder })}\n`);
  prune(dist);
}

/** @param {string} dist */
function prune(dist) {
  const old = fs
    .readdirSync(dist)
    .filter((name) => BUILT.test(name))
    .map((name) => ({ name, usedAt: fs.statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.usedAt - a.usedAt)
    .slice(BUILDS_TO_KEEP);
  for (const { name } of old) fs.rmSync(join(dist, name), { recursive: true, force: true });
}

if (basename(process.argv[1] ?? '') === 'build-web.mjs') {
  await buildWebForSources(fileURLToPath(new URL('..', import.meta.url)));
}
