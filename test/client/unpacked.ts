import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../scripts/fixture-project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Unpacked {
  /** What the package holds. */
  readonly files: readonly string[];
  /** A project that has it installed. */
  readonly folder: string;
  readonly package: string;
  write(path: string, text: string): void;
  read(path: string): string;
  node(...args: string[]): ReturnType<typeof run>;
  dispose(): void;
}

/** Builds and packs as `npm publish` would, and installs that without a network. */
export async function unpackedPackage(): Promise<Unpacked> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  if (packed.code !== 0) throw new Error(packed.stderr);
  const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
  const installed = join(folder, 'node_modules/realtime-svg');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1'], { cwd: folder });
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  symlinkSync(join(root, 'node_modules/ws'), join(folder, 'node_modules/ws'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return {
    files: files.map(({ path }) => path),
    folder,
    package: installed,
    write: (path, text) => writeFileSync(join(folder, path), text),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    node: (...args) => run(process.execPath, args, { cwd: folder }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
