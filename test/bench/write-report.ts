import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtEngine } from './built.ts';
import { CHART_TEMPLATE, chartArgs } from './chart.ts';
import { asMarkdown, figure, type Table } from './report.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const PICTURES = 'pictures/performance';
const BEGIN = '<!-- results: written by npm run bench -- --write -->';
const END = '<!-- end of results -->';

/** What one cell measured, and where and how. */
export interface Measured {
  readonly cell: string;
  readonly at: string;
  readonly where: string;
  readonly command: string;
  readonly tables: readonly Table[];
}

/** Into docs/performance.md, the charts beside it, and all of it as JSON, in place of what the same cell measured before. */
export async function writeReport(seen: Measured, order: readonly string[]): Promise<void> {
  const { createEngine } = await builtEngine();
  const engine = createEngine({ maxFrameBytes: 2_097_152, maxSteps: 100_000 });
  mkdirSync(join(docs, PICTURES), { recursive: true });
  for (const { chart } of seen.tables) {
    if (chart === null) continue;
    writeFileSync(join(docs, PICTURES, chart.file), engine.render(CHART_TEMPLATE, chartArgs(chart, figure)).svg);
  }
  const json = join(docs, 'performance.json');
  const before: readonly Measured[] = JSON.parse(readFileSync(json, 'utf8'));
  const all = order.flatMap((cell) => [seen, ...before].find((each) => each.cell === cell) ?? []);
  writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);

  const page = join(docs, 'performance.md');
  const text = readFileSync(page, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end === -1) throw new Error(`${page} has lost the comments between which the results stand`);
  const results = [BEGIN, '', ...all.flatMap(asSection)];
  writeFileSync(page, `${text.slice(0, begin)}${results.join('\n')}\n${text.slice(end)}`);
}

function asSection({ cell, at, command, where, tables }: Measured): readonly string[] {
  const heading = `${cell.charAt(0).toUpperCase()}${cell.slice(1)}`;
  const origin = `Measured at ${at} by \`${command}\` on ${where}.`;
  return [`### ${heading}`, '', origin, '', ...tables.map((table) => asMarkdown(table, PICTURES))];
}
