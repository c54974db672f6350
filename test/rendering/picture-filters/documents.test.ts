import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/rendering/engine.ts';
import { PICTURE_FILTERS } from '../../../src/rendering/filters/filters.ts';

/** Of each picture in the docs: 21 November 2026, 14:05:09 UTC. */
const TIME = Date.UTC(2026, 10, 21, 14, 5, 9);
const engine = createEngine({ maxFrameBytes: 100_000, maxSteps: 20_000 }, () => TIME);

const docs = readFileSync('docs/filters.md', 'utf8');
const pictures = [...docs.matchAll(/```svg\n([^`]*)```\n\n!\[[^\]]+\]\((pictures\/filters\/\w+\.svg)\)/g)].map(
  ([, template = '', path = '']) => ({ template, path }),
);

/** The parameters in a line like `list | bars(width=100, attribute=)`. */
function documented(name: string): readonly string[] | null {
  const [, list] = new RegExp(`### ${name}\\n\\n\`\\w+ \\| ${name}(?:\\((.*)\\))?\``).exec(docs) ?? [];
  return list === undefined ? null : list.split(', ').map((parameter) => parameter.replace(/=.*/, ''));
}

describe('the document of the filters', () => {
  test.each(PICTURE_FILTERS)('has %s with all its parameters in their order', (name, { parameters }) => {
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
