// @ts-check
// `npm run build`: compiles src into dist/<hash of everything the build reads>/ and points dist/main.js at it.
// A build is made aside and renamed into place, so that several builds and running servers share one checkout.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPORARY = /^\.tmp-(?<pid>\d+)-/;
const BUILT = /^[0-9a-f]{16}$/;
const BUILDS_TO_KEEP = 3;

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
  process.stderr.write('Building … ');
  try {
    fs.mkdirSync(aside, { recursive: true });
    const before = basename(target);
    await compile(root, aside);
    for (const file of filesUnder(join(root, 'src')).filter((path) => !path.endsWith('.ts'))) {
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

/** @param {string} root @param {string} outDir */
async function compile(root, outDir) {
  const tsc = findCompiler(root);
  const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir], { cwd: root });
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

/** @param {string} aside @param {string} target */
function moveIntoPlace(aside, target) {
  try {
    fs.renameSync(aside, target);
  } catch (error) {
    // Another build of the same sources was faster; both are the same.
    if (!fs.existsSync(target)) throw error;
  }
}

/** @param {string} dist @param {string} hash */
function pointTo(dist, hash) {
  const main = join(dist, 'main.js');
  const text = `#!/usr/bin/env -S node --disable-proto=delete\nimport './${hash}/main.js';\n`;
  if (fs.existsSync(main) && fs.readFileSync(main, 'utf8') === text) return;
  const aside = temporary(dist);
  fs.writeFileSync(aside, text, { mode: 0o755 });
  fs.renameSync(aside, main);
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

/** @param {string} dist */
function temporary(dist) {
  return join(dist, `.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** @param {string} root */
function hashOfSources(root) {
  const settings = fs.readdirSync(root).filter((name) => /^(tsconfig.*|package|package-lock)\.json$/.test(name));
  const files = [...settings.map((name) => join(root, name)), ...filesUnder(join(root, 'src'))];
  const hash = createHash('sha256').update(fs.readFileSync(fileURLToPath(import.meta.url)));
  for (const file of files.sort()) {
    const content = fs.readFileSync(file);
    // With its length, no content can pass for another file's beginning.
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Editors' and systems' own files (`.DS_Store`, `.main.ts.swp`) are none of ours.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
    });
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
