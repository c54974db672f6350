import type { Chart } from './chart.ts';

/** What a benchmark hands to the report: rows side by side, and the targets it was made for. */
export interface Table {
  readonly title: string;
  /** The first names the row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly Target[];
  readonly chart: Chart | null;
}

export interface Target {
  readonly what: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Three digits, so that none pretends to be more exact than the measurement. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1000) return Math.round(Number(value.toPrecision(3))).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/** A median with the lowest and the highest round. */
export function spread({ median, min, max }: { readonly median: number; readonly min: number; readonly max: number }) {
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

/** @param pictures the folder of the charts, as the page sees it */
export function asMarkdown({ title, columns, rows, targets, chart }: Table, pictures: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `#### ${title}`,
    '',
    ...(chart === null ? [] : [`![${chart.title}](${pictures}/${chart.file})`, '']),
    line(columns),
    line(columns.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(columns.map((_, at) => row[at] ?? ''))),
    '',
    ...targets.map(({ what, measured, met }) => `- ${met ? 'met' : '**missed**'}: ${what} (${measured})`),
    ...(targets.length > 0 ? [''] : []),
  ].join('\n');
}

export function asText({ title, columns, rows, targets }: Table): string {
  const width = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(width[at] ?? 0) : cell.padStart(width[at] ?? 0));
  return [
    title,
    ...[columns, ...rows].map((row) => `  ${row.map(pad).join('  ')}`),
    ...targets.map(({ what, measured, met }) => `  ${met ? 'met   ' : 'missed'}  ${what}: ${measured}`),
    '',
  ].join('\n');
}
