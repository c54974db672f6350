// @ts-check
// `npm run build`: compiles src into dist/<hash of everything the build reads>/ and points dist/main.js and
// dist/client.js at it.
// A build is made aside and renamed into place, so that several builds and running servers share one checkout.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildClient } from './build-client.mjs';
import { buildWeb } from './build-web.mjs';
import { filesUnder, hashOf, moveIntoPlace, replace, temporary } from './sources.mjs';

const TEMPORARY = /^\.tmp-(?<pid>\d+)-/;
const BUILT = /^[0-9a-f]{16}$/;
const BUILDS_TO_KEEP = 3;

/** By tsc or Vite; every other file lies beside its modules. */
const COMPILED = /\.ts$|^src[/\\](?:client|embed|console[/\\]app)[/\\]/;

/** The sources do not compile. The message is made for people. */
export class BuildError extends Error {}

/**
 * Builds what is missing or older than its sources. What it takes is said on stderr.
 *
 * @param {string} root the project's folder
 * @returns {Promise<string>} the built main module
 * @throws {BuildError}
 */
export async function build(root) {
  const dist = join(root, 'dist');
  let hash = hashOfSources(root);
  while (!fs.existsSync(join(dist, hash))) {
    await buildAside(root, join(dist, hash));
    // Whoever saved a file meanwhile finds it under its own hash, never half of it under an older one.
    hash = hashOfSources(root);
  }
  const now = new Date();
  fs.utimesSync(join(dist, hash), now, now);
  pointTo(dist, hash);
  prune(dist);
  return join(dist, hash, 'main.js');
}

/** @param {string} root @param {string} target */
async function buildAside(root, target) {
  const startedAt = performance.now();
  const aside = temporary(dirname(target));
  process.stderr.write('Building, which takes about half a minute … ');
  try {
    fs.mkdirSync(aside, { recursive: true });
    const before = basename(target);
    await compile(root, 'tsconfig.build.json', aside);
    // The documents of both are generated with the first.
    await buildWeb(root, join(aside, 'console', 'web'));
    await buildClient(root, join(aside, 'client'), (project, outDir) => compile(root, project, outDir));
    for (const file of filesUnder(join(root, 'src')).filter((path) => !COMPILED.test(relative(root, path)))) {
      const copy = join(aside, relative(join(root, 'src'), file));
      fs.mkdirSync(dirname(copy), { recursive: true });
      fs.copyFileSync(file, copy);
    }
    if (hashOfSources(root) === before) moveIntoPlace(aside, target);
  } catch (error) {
    process.stderr.write('failed.\n');
    throw error;
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
  process.stderr.write(`done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
}

/** @param {string} root @param {string} project @param {string} outDir */
async function compile(root, project, outDir) {
  const tsc = findCompiler(root);
  const child = spawn(process.execPath, [tsc, '-p', project, '--outDir', outDir], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new BuildError(`The sources do not compile:\n${output.trim()}`);
}

/** @param {string} root */
function findCompiler(root) {
  try {
    return createRequire(join(root, 'package.json')).resolve('typescript/lib/tsc.js');
  } catch {
    throw new BuildError('The TypeScript compiler is not installed. Run: npm ci --include=dev');
  }
}

/** @param {string} dist @param {string} hash */
function pointTo(dist, hash) {
  const main = join(dist, 'main.js');
  const text = `#!/usr/bin/env -S node --disable-proto=delete\nimport './${hash}/main.js';\n`;
  replace(main, text, 0o755);
  for (const name of ['client.js', 'client.d.ts']) {
    replace(join(dist, name), `export * from './${hash}/client/client.js';\n`);
  }
  // What a package takes along: this build, and none of the others that are kept.
  replace(join(dist, '.npmignore'), `/*\n!/main.js\n!/client.js\n!/client.d.ts\n!/${hash}\n`);
}

/** Keeps the builds used last, since their servers may still run, and removes what killed builds left behind. */
function prune(/** @type {string} */ dist) {
  const names = fs.readdirSync(dist);
  const old = names
    .filter((name) => BUILT.test(name))
    .map((name) => ({ name, usedAt: fs.statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.usedAt - a.usedAt)
    .slice(BUILDS_TO_KEEP);
  for (const { name } of old) {
    const aside = temporary(dist);
    try {
      // Renamed first: a half-removed folder under its hash would be taken for a whole build.
      fs.renameSync(join(dist, name), aside);
    } catch {
      continue;
    }
    fs.rmSync(aside, { recursive: true, force: true });
  }
  for (const name of names) {
    const pid = TEMPORARY.exec(name)?.groups?.pid;
    if (pid !== undefined && !isAlive(Number(pid))) fs.rmSync(join(dist, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

/** @param {string} root */
function hashOfSources(root) {
  const settings = fs
    .readdirSync(root)
    .filter((name) =>
      /^(?:(?:tsconfig.*|package|package-lock)\.json|(?:vite(?:\.embed)?\.config|codegen)\.ts|schema\.graphql)$/.test(
        name,
      ),
    );
  return hashOf(
    root,
    [...settings, 'src', 'scripts'].map((name) => join(root, name)),
  );
}

if (process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await build(fileURLToPath(new URL('..', import.meta.url)));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
