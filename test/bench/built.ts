import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The server as a user starts it: built, where it is missing or older than its sources. Its main module. */
export function builtServer(): Promise<string> {
  return build(root);
}

/** The engine out of the build: what tsx makes of the sources is slower, since it names every closure at run time. */
export async function builtEngine(): Promise<typeof import('../../src/rendering/engine.ts')> {
  const engine = join(await builtServer(), '../rendering/engine.js');
  return import(pathToFileURL(engine).href);
}
