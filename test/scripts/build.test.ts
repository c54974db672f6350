import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureProject } from './fixture-project.ts';

const words = (text: string) => `export const word = '${text}';\n`;

test('a build runs through dist/main.js, and says that it was made and how long it took', async () => {
  const project = fixtureProject();
  expect(await project.node('scripts/build.mjs')).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(/^Building, which takes about half a minute … done in \d+\.\d s\.\n$/),
  });
  expect(await project.node('dist/main.js')).toMatchObject({ code: 0, stdout: 'first\n' });
  expect(project.read('dist/main.js')).toMatch(/^#!\/usr\/bin\/env -S node --disable-proto=delete\n/);
  expect(project.dist()).toEqual([project.current(), 'main.js']);
});

test('unchanged sources are not built again', async () => {
  const project = fixtureProject();
  await project.node('scripts/build.mjs');
  const main = join(project.root, 'dist', project.current(), 'main.js');
  const before = fs.statSync(main);
  expect(await project.node('scripts/build.mjs')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(fs.statSync(main)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test('two builds at once both succeed and leave one build', async () => {
  const project = fixtureProject();
  const both = await Promise.all([project.node('scripts/build.mjs'), project.node('scripts/build.mjs')]);
  expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(project.dist()).toEqual([project.current(), 'main.js']);
  expect((await project.node('dist/main.js')).stdout).toBe('first\n');
});

test('files that are no TypeScript lie beside their modules, and a change of them is a change', async () => {
  const project = fixtureProject();
  project.write('src/console/page.css', 'a {}');
  await project.node('scripts/build.mjs');
  expect(project.read(`dist/${project.current()}/console/page.css`)).toBe('a {}');
  project.write('src/console/page.css', 'b {}');
  await project.node('scripts/build.mjs');
  expect(project.read(`dist/${project.current()}/console/page.css`)).toBe('b {}');
});

test('sources that do not compile are refused in the compiler’s words, and the last build stays', async () => {
  const project = fixtureProject();
  await project.node('scripts/build.mjs');
  project.write('src/word.ts', 'export const word: number = "no";\n');
  const { code, stderr } = await project.node('scripts/build.mjs');
  expect(code).toBe(1);
  expect(stderr).toMatch(/The sources do not compile:\nsrc\/word\.ts\(1,14\): error TS2322/);
  expect(stderr).not.toContain('at build');
  expect(project.dist()).toEqual([project.current(), 'main.js']);
  expect((await project.node('dist/main.js')).stdout).toBe('first\n');
});

test('the three builds used last are kept, so that their servers find their files', async () => {
  const project = fixtureProject();
  const built: string[] = [];
  for (const word of ['one', 'two', 'three', 'one', 'four']) {
    project.write('src/word.ts', words(word));
    await project.node('scripts/build.mjs');
    built.push(project.current());
  }
  const [one, , three, oneAgain, four] = built;
  expect(oneAgain).toBe(one);
  expect(project.dist()).toEqual([one, three, four, 'main.js'].sort());
});

test('what a killed build left behind is removed, what a running one makes is not', async () => {
  const project = fixtureProject();
  const ended = await project.node('-p', 'process.pid');
  const left = `.tmp-${ended.stdout.trim()}-abc`;
  const running = `.tmp-${process.pid}-abc`;
  project.write(`dist/${left}/main.js`, '');
  project.write(`dist/${running}/main.js`, '');
  await project.node('scripts/build.mjs');
  expect(project.dist()).toEqual([running, project.current(), 'main.js']);
});

test('dist/main.js is replaced whole: at every moment it points at a build that is there', async () => {
  const project = fixtureProject();
  await project.node('scripts/build.mjs');
  const first = project.current();
  const inode = fs.statSync(join(project.root, 'dist/main.js')).ino;
  const seen = new Set<string>();
  const watcher = fs.watch(join(project.root, 'dist'), () => {
    expect(fs.existsSync(join(project.root, 'dist', project.current(), 'main.js'))).toBe(true);
    seen.add(project.current());
  });
  project.write('src/word.ts', words('second'));
  await project.node('scripts/build.mjs');
  watcher.close();
  expect(project.current()).not.toBe(first);
  // A new file under the old name, not the old file written over.
  expect(fs.statSync(join(project.root, 'dist/main.js')).ino).not.toBe(inode);
  expect(seen).toContain(first);
});
