import { readdirSync } from 'node:fs';
import type { Metric } from './exposition.ts';

const gauge = (name: string, help: string, samples: Metric['samples']): Metric => ({
  ...{ name, type: 'gauge', help, samples },
});

/** What the process holds, under the names that Prometheus' client libraries give it. */
export function processMetrics(): readonly Metric[] {
  return [
    gauge('process_resident_memory_bytes', 'Memory of the process that is not swapped out.', () => [
      [{}, process.memoryUsage.rss()],
    ]),
    gauge('nodejs_heap_size_used_bytes', "JavaScript's heap, garbage included.", () => [
      [{}, process.memoryUsage().heapUsed],
    ]),
    gauge('process_open_fds', 'Open file descriptors, sockets among them; Linux only.', () => {
      const count = openFileDescriptors();
      return count === null ? [] : [[{}, count]];
    }),
  ];
}

/** null: this system does not tell. */
function openFileDescriptors(): number | null {
  try {
    // One of them reads the folder.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return null;
  }
}
