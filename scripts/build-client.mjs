// @ts-check
// Builds `realtime-svg/client`: one module that needs no other, for browsers and Node.js, and its types.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} root the project's folder
 * @param {string} outDir
 * @param {(project: string, outDir: string) => Promise<void>} compile by a tsconfig of the project
 */
export async function buildClient(root, outDir, compile) {
  const { build } = await import('vite');
  const lib = { entry: join(root, 'src/client/client.ts'), formats: [/** @type {const} */ ('es')], fileName: 'client' };
  await build({
    ...{ root, configFile: false, publicDir: false, logLevel: 'warn' },
    build: { outDir, emptyOutDir: true, target: 'es2022', minify: false, lib },
  });
  await compile('tsconfig.client.json', outDir);
  // No type that is handed out stands there.
  rmSync(join(outDir, 'generated'), { recursive: true });
}
