import { arch, cpus, loadavg, release, type } from 'node:os';

/** Where it was measured; a load beside the benchmark is told too, since it is in the figures. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? arch();
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} × ${model}, Node ${process.versions.node}, ${type()} ${release()}, load ${load} at the start`;
}
