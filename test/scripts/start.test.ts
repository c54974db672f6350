import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { satisfies } from '../../scripts/node-version.mjs';
import { fixtureProject } from './fixture-project.ts';

test('start builds what is missing and then runs it with its flags', async () => {
  const project = fixtureProject();
  project.write(
    'src/main.ts',
    "(globalThis as any).console.log((globalThis as any).process.argv.slice(2).join(' '));\n",
  );
  const { stdout, stderr } = await project.node('scripts/start.mjs', '--port', '8080');
  expect(stdout).toBe('--port 8080\n');
  expect(stderr).toMatch(/^Building, which takes about half a minute … done/);
});

test('start builds again after a change, and only then', async () => {
  const project = fixtureProject();
  await project.node('scripts/start.mjs');
  expect(await project.node('scripts/start.mjs')).toEqual({ code: 0, stdout: 'first\n', stderr: '' });
  project.write('src/word.ts', "export const word = 'second';\n");
  expect(await project.node('scripts/start.mjs')).toMatchObject({
    stdout: 'second\n',
    stderr: expect.stringMatching(/^Building/),
  });
});

test('two first starts at once both run', async () => {
  const project = fixtureProject();
  const both = await Promise.all([project.node('scripts/start.mjs'), project.node('scripts/start.mjs')]);
  expect(both).toMatchObject([
    { code: 0, stdout: 'first\n' },
    { code: 0, stdout: 'first\n' },
  ]);
});

test('a signal to start reaches the server, which runs in the same process', async () => {
  const project = fixtureProject();
  project.write(
    'src/main.ts',
    `const { process, console, setInterval } = globalThis as any;
    const alive = setInterval(() => {}, 1000);
    process.once('SIGTERM', () => { console.log('stopped'); clearInterval(alive); });
    declare function clearInterval(timer: unknown): void;
    console.log('pid ' + process.pid);\n`,
  );
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: project.root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  const [hello] = await once(child.stdout.setEncoding('utf8'), 'data');
  expect(hello).toBe(`pid ${child.pid}\n`);
  const farewell = once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await farewell).toEqual(['stopped\n']);
  expect(await closed).toEqual([0, null]);
});

test('without node_modules it says: npm ci', async () => {
  const project = fixtureProject();
  rmSync(join(project.root, 'node_modules'));
  expect(await project.node('scripts/start.mjs')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'The dependencies are not installed. Run: npm ci\n',
  });
});

test('a Node.js that is too old is told so', async () => {
  const project = fixtureProject();
  project.write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=99' } }));
  expect(await project.node('scripts/start.mjs')).toEqual({
    code: 1,
    stdout: '',
    stderr: `This is Node.js ${process.versions.node}; the server needs >=99.\n`,
  });
});

test('sources that do not compile end the start without a stack trace', async () => {
  const project = fixtureProject();
  project.write('src/word.ts', 'export const word: number = "no";\n');
  const { code, stderr } = await project.node('scripts/start.mjs');
  expect(code).toBe(1);
  expect(stderr).toContain('error TS2322');
  expect(stderr).not.toContain('.mjs:');
});

test.each([
  ['18.20.0', false],
  ['20.18.9', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['21.7.0', false],
  ['22.12.0', false],
  ['22.13.0', true],
  ['23.11.0', false],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node.js %s: %j', (version, supported) => {
  expect(satisfies(version, '^20.19.0 || ^22.13.0 || >=24')).toBe(supported);
});
