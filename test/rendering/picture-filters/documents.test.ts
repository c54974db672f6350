import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/rendering/engine.ts';
import { ARC_FILTERS } from '../../../src/rendering/filters/arcs.ts';
import { BAR_FILTERS } from '../../../src/rendering/filters/bars.ts';
import { CHART_FILTERS } from '../../../src/rendering/filters/charts.ts';
import { COLOUR_FILTERS } from '../../../src/rendering/filters/colours.ts';
import { DURATION_FILTERS } from '../../../src/rendering/filters/durations.ts';
import { FITTING_FILTERS } from '../../../src/rendering/filters/fitting.ts';
import { NUMBER_FORMAT_FILTERS } from '../../../src/rendering/filters/number-formats.ts';
import { SCALE_FILTERS } from '../../../src/rendering/filters/scales.ts';
import { STATISTICS_FILTERS } from '../../../src/rendering/filters/statistics.ts';
import { TIME_FILTERS } from '../../../src/rendering/filters/times.ts';

/** Of each picture in the docs: 21 November 2026, 14:05:09 UTC. */
const TIME = Date.UTC(2026, 10, 21, 14, 5, 9);
const engine = createEngine({ maxFrameBytes: 100_000, maxSteps: 20_000 }, () => TIME);

const docs = readFileSync('docs/filters.md', 'utf8');
const filters = [
  ...ARC_FILTERS,
  ...BAR_FILTERS,
  ...CHART_FILTERS,
  ...COLOUR_FILTERS,
  ...DURATION_FILTERS,
  ...FITTING_FILTERS,
  ...NUMBER_FORMAT_FILTERS,
  ...SCALE_FILTERS,
  ...STATISTICS_FILTERS,
  ...TIME_FILTERS,
];
const pictures = [...docs.matchAll(/```svg\n([^`]*)```\n\n!\[[^\]]+\]\((pictures\/filters\/\w+\.svg)\)/g)].map(
  ([, template = '', path = '']) => ({ template, path }),
);

/** The parameters in a line like `list | bars(width=100, attribute=)`. */
function documented(name: string): readonly string[] | null {
  const [, list] = new RegExp(`### ${name}\\n\\n\`\\w+ \\| ${name}(?:\\((.*)\\))?\``).exec(docs) ?? [];
  return list === undefined ? null : list.split(', ').map((parameter) => parameter.replace(/=.*/, ''));
}

describe('the document of the filters', () => {
  test.each(filters)('has %s with all its parameters in their order', (name, { parameters }) => {
    expect(documented(name)).toEqual(parameters);
  });

  test('shows every template with its picture, and every picture that there is', () => {
    expect(pictures).toHaveLength(docs.split('```svg').length - 1);
    const shown = pictures.map(({ path }) => path.replace('pictures/filters/', ''));
    expect(shown.sort()).toEqual(readdirSync('docs/pictures/filters').sort());
  });

  test.each(pictures)('$path is what its template gives', async ({ template, path }) => {
    const { svg, warnings } = engine.render(template.trim(), {});
    expect(warnings).toEqual([]);
    await expect(`${svg}\n`).toMatchFileSnapshot(`../../../docs/${path}`);
  });
});
