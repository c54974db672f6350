import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// `<live-svg>` as one file that is good as a module and as a classic script.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: ['chrome111', 'firefox114', 'safari16.4'],
    reportCompressedSize: false,
    lib: { entry: 'src/embed/live-svg.ts', formats: ['iife'], name: 'LiveSvg', fileName: () => 'embed.js' },
  },
});
