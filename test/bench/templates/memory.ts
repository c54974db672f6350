const TEMPLATES = 1000;

/**
 * Kilobytes of heap that one more template of this size holds for as long as it is kept, its source included.
 * Needs --expose-gc.
 *
 * @param keep compiles the template, renders it once, and returns what has to live on
 */
export function retainedKilobytes(source: string, keep: (source: string) => unknown): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('memory is measured with --expose-gc');
  const used = () => {
    // The second one collects what finalizers of the first let go.
    for (let i = 0; i < 2; i += 1) gc();
    return process.memoryUsage().heapUsed;
  };
  const kept: unknown[] = Array.from({ length: 50 }, (_, at) => keep(distinct(source, at)));
  const before = used();
  for (let at = 50; at < 50 + TEMPLATES; at += 1) kept.push(keep(distinct(source, at)));
  const bytes = (used() - before) / TEMPLATES;
  kept.length = 0;
  return bytes / 1024;
}

/** A template that no cache knows; as long as its source, give or take three bytes. */
export function distinct(source: string, at: number): string {
  // Through bytes, since a concatenation would be counted as two strings.
  return Buffer.from(source.replace('role="img"', '').replace('</svg>', `<g id="n${at}"/></svg>`)).toString();
}
