import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { generateDocuments } from './codegen.ts';

// The console, as `scripts/build.mjs` builds it. The server reads the manifest and writes the HTML itself.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [{ name: 'documents', buildStart: generateDocuments }],
  build: {
    target: ['chrome111', 'firefox114', 'safari16.4'],
    manifest: 'manifest.json',
    // Its polyfill would be an inline script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The editor, which is loaded when it is needed.
    chunkSizeWarningLimit: 800,
    // A note on how long plugins take is none that whoever starts the server can use.
    rolldownOptions: { checks: { bundlerTimings: false }, input: { console: 'src/console/app/main.tsx' } },
  },
});
