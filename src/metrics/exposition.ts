/** One measured amount with its samples, read when it is asked for. No label may have a value per session or user. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  samples(): Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>;
}

/** Prometheus' text format, version 0.0.4. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function exposition(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, type, help, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...[...samples()].map(([labels, value]) => `${name}${labelSet(labels)} ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function labelSet(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${quoted(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Backslash, quote and line feed are what the format escapes; JSON does it in the same way. */
function quoted(value: string): string {
  return JSON.stringify(value);
}
