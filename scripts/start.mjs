// @ts-check
// `npm start`: builds what is missing or older than its sources, then becomes the server, so that signals reach it.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { satisfies } from './node-version.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} message @returns {never} */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
if (!satisfies(process.versions.node, engines.node)) {
  refuse(`This is Node.js ${process.versions.node}; the server needs ${engines.node}.`);
}
if (!existsSync(new URL('../node_modules', import.meta.url))) {
  refuse('The dependencies are not installed. Run: npm ci');
}
// Only now, since an older Node.js would fail here in its own words.
const { build, BuildError } = await import('./build.mjs');
const main = await build(root).catch((error) => {
  if (error instanceof BuildError) refuse(error.message);
  throw error;
});
await import(pathToFileURL(main).href);
