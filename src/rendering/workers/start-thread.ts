import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ThreadData } from './messages.ts';

/** Old generation and code of one thread; the largest picture takes less than a tenth of it. */
const HEAP_MB = 256;
const YOUNG_HEAP_MB = 32;

export interface ThreadOptions {
  readonly data: ThreadData;
  /** Old generation of its heap, in MiB. Default 256. */
  readonly heapMb?: number;
}

/** From the sources tsx has to read TypeScript in the thread too, which inherits no loader before Node.js 22. */
function urlOf(code: string): URL {
  const entry = new URL(code, import.meta.url);
  if (!import.meta.url.endsWith('.ts')) return entry;
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const script = `import { register } from ${tsx}; register(); await import(${JSON.stringify(entry.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}

const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/**
 * A thread that sees no environment and makes no code from strings. The flag is V8's, for the whole process, but a context
 * keeps what it began with: those of threads started from here on are without, the main one goes on as it was.
 */
export function startThread({ data, heapMb = HEAP_MB }: ThreadOptions): Worker {
  setFlagsFromString('--disallow-code-generation-from-strings');
  return new Worker(urlOf(`./render-thread${EXTENSION}`), {
    env: {},
    argv: [],
    execArgv: [],
    name: 'templates',
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  });
}
