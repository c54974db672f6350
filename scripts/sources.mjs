// @ts-check
// What a build reads, by content, and how it comes to its place.
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Editors' and systems' own files (`.DS_Store`, `.main.ts.swp`) are none of ours; what is generated follows from the
 * other files.
 *
 * @param {string} path a folder, or one file
 * @returns {string[]}
 */
export function filesUnder(path) {
  const entry = fs.statSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return entry?.isFile() ? [path] : [];
  return fs
    .readdirSync(path)
    .filter((name) => !name.startsWith('.') && name !== 'generated')
    .flatMap((name) => filesUnder(join(path, name)));
}

/** @param {string} root @param {readonly string[]} paths files and folders @returns {string} 16 hexadecimal digits */
export function hashOf(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder).sort()) {
    const content = fs.readFileSync(file);
    // With its length, no content can pass for another file's beginning.
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} dist */
export function temporary(dist) {
  return join(dist, `.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** @param {string} aside @param {string} target */
export function moveIntoPlace(aside, target) {
  try {
    fs.renameSync(aside, target);
  } catch (error) {
    // Another build of the same sources was faster; both are the same.
    if (!fs.existsSync(target)) throw error;
  }
}

/** Replaced whole: whoever reads it finds the old text or the new one. @param {string} path @param {string} text */
export function replace(path, text, mode = 0o644) {
  if (fs.existsSync(path) && fs.readFileSync(path, 'utf8') === text) return;
  const aside = temporary(join(path, '..'));
  fs.writeFileSync(aside, text, { mode });
  fs.renameSync(aside, path);
}
