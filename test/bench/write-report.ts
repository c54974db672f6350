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

/** The tables into docs/performance.md, their charts beside it, and all of it as JSON. */
export async function writeReport(tables: readonly Table[], { where, command }: { where: string; command: string }) {
  const { createEngine } = await builtEngine();
  const engine = createEngine({ maxFrameBytes: 2_097_152, maxSteps: 100_000 });
  mkdirSync(join(docs, PICTURES), { recursive: true });
  for (const { chart } of tables) {
    if (chart === null) continue;
    writeFileSync(join(docs, PICTURES, chart.file), engine.render(CHART_TEMPLATE, chartArgs(chart, figure)).svg);
  }
  const measured = { at: new Date().toISOString(), where, command };
  writeFileSync(join(docs, 'performance.json'), `${JSON.stringify({ ...measured, tables }, null, 2)}\n`);

  const page = join(docs, 'performance.md');
  const text = readFileSync(page, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end === -1) throw new Error(`${page} has lost the comments between which the results stand`);
  const results = [
    BEGIN,
    '',
    `Measured at ${measured.at} by \`${command}\` on ${where}.`,
    '',
    ...tables.map((table) => asMarkdown(table, PICTURES)),
  ];
  writeFileSync(page, `${text.slice(0, begin)}${results.join('\n')}\n${text.slice(end)}`);
}
