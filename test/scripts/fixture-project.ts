import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Beside main.js; they point where it does. */
const POINTERS = ['.npmignore', 'client.d.ts', 'client.js'];

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface FixtureProject {
  readonly root: string;
  /** Writes a file of the project. */
  write(path: string, text: string): void;
  read(path: string): string;
  /** The names in `dist`, sorted, without those that point at a build as main.js does. */
  dist(): readonly string[];
  /** The folder `dist/main.js` points at. */
  current(): string;
  /** Runs node in the project to its end. */
  node(...args: string[]): Promise<Finished>;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A small project with this project's own scripts, removed when the test ends. */
export function fixtureProject(): FixtureProject {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'rsvg-project-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), text);
  };
  fs.cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  for (const name of ['tsconfig.build.json', 'tsconfig.client.json']) fs.cpSync(join(root, name), join(folder, name));
  fs.symlinkSync(fs.realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'));
  // The least that compiles: the types of Node.js and of newer ECMAScript take tsc four seconds, each time.
  const least = { target: 'es2023', module: 'nodenext', lib: ['es5'], types: [], skipLibCheck: true };
  write('tsconfig.json', JSON.stringify({ compilerOptions: { ...least, allowImportingTsExtensions: true } }));
  write('tsconfig.web.json', JSON.stringify({ extends: './tsconfig.json', compilerOptions: { lib: ['es5'] } }));
  write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=20' } }));
  write('src/main.ts', "import { word } from './word.ts';\n(globalThis as any).console.log(word);\n");
  write('src/word.ts', "export const word = 'first';\n");
  const input = { console: 'src/console/app/main.tsx' };
  const web = { publicDir: false, logLevel: 'warn', build: { manifest: 'manifest.json', rolldownOptions: { input } } };
  write('vite.config.ts', `export default ${JSON.stringify(web)};\n`);
  const lib = { entry: 'src/embed/live-svg.ts', formats: ['iife'], name: 'LiveSvg', fileName: 'embed' };
  write('vite.embed.config.ts', `export default ${JSON.stringify({ ...web, build: { lib } })};\n`);
  write('src/embed/live-svg.ts', "document.title = 'first';\n");
  write('src/console/app/main.tsx', "document.title = 'first';\n");
  write('src/client/client.ts', "import { WORD } from './generated/word.ts';\nexport const word = WORD;\n");
  write('src/client/generated/word.ts', "export const WORD = 'client';\n");
  const read = (path: string) => fs.readFileSync(join(folder, path), 'utf8');
  return {
    root: folder,
    write,
    read,
    dist: () =>
      fs
        .readdirSync(join(folder, 'dist'))
        .filter((name) => !POINTERS.includes(name))
        .sort(),
    current: () => /'\.\/([0-9a-f]+)\/main\.js'/.exec(read('dist/main.js'))?.[1] ?? 'none',
    node: (...args) => run(process.execPath, args, { cwd: folder }),
  };
}

/** Runs a program to its end. */
export async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, ...output };
}
