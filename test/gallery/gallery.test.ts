import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GALLERY } from '../../src/gallery/gallery.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { EXAMPLES, pictureFile, render, THEMES } from './examples.ts';

/** Values that nobody expects where an example has a text, a number or a list. */
const ODD: readonly JsonValue[] = [
  ...[
    null,
    true,
    '',
    ' ',
    '<&">',
    'text',
    '7',
    'Infinity',
    '가나다라마바사',
    '👩‍👩‍👧‍👦🇰🇷😀',
    'W'.repeat(500),
    'ö가'.repeat(700),
  ],
  ...[0, -1, 0.1, 1e9, -1e9, 1e308, -1e308, Number.POSITIVE_INFINITY],
  ...[[], [null], [[]], [{}], ['a', 1, null], [5], {}, { a: 1 }, { length: 3 }],
];

/** The value with each of its parts, in turn, replaced by each odd value, left out, or repeated. */
function* mutations(value: JsonValue): Generator<JsonValue> {
  yield* ODD;
  if (Array.isArray(value)) {
    for (const length of [0, 1, 2, 60]) yield Array.from({ length }, (_, i) => value[i % value.length] ?? null);
    for (const i of new Set([0, value.length - 1])) {
      for (const changed of mutations(value[i] ?? null)) yield value.with(i, changed);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      const { [key]: _, ...others } = value as JsonObject;
      yield others;
      for (const changed of mutations(part as JsonValue)) yield { ...value, [key]: changed };
    }
  }
}

/** Attributes, without those that take over a colour by its name, and without what people read. */
const drawn = (svg: string) => svg.replace(/>[^<]*</g, '><').replace(/ color="[^"]*"/g, '');

describe.each(GALLERY)('the template $id', (template) => {
  const { id, args } = template;

  test.each(EXAMPLES.filter((example) => example.id === id))('draws its $theme picture in the documents', (example) => {
    const { svg, warnings } = render(template, example.args);
    expect(warnings).toEqual([]);
    expect(`${svg}\n`, 'if the change is meant: npm run gallery, and look').toBe(
      readFileSync(pictureFile(example), 'utf8'),
    );
  });

  test('stands in the documents', () => {
    const text = readFileSync('docs/gallery.md', 'utf8');
    for (const theme of THEMES) expect(text).toContain(`pictures/gallery/${id}-${theme}.svg`);
    expect(text).toContain(`\n### ${template.title}\n`);
    expect(text).toContain(`\n${template.description} \`${id}\`\n`);
  });

  test('is dark unless it is light', () => {
    const { theme, ...others } = args;
    expect(theme).toBe('dark');
    expect(render(template, others)).toMatchObject({ svg: render(template, args).svg, warnings: [] });
    expect(render(template, { ...args, theme: 'light' }).svg).not.toBe(render(template, args).svg);
  });

  test('has a size, a title for those who do not see it, and rests for those who want no motion', () => {
    const { svg } = render(template, args);
    const [, width, height] = /^<svg [^>]*viewBox="0 0 (\S+) (\S+)" width="\1" height="\2"/.exec(svg) ?? [];
    expect(Number(width)).toBeGreaterThan(0);
    expect(Number(height)).toBeGreaterThan(0);
    expect(svg).toMatch(/^<svg [^>]*>\s*<title>[^<]+<\/title>/);
    // SMIL asks nobody whether motion is wanted.
    expect(svg).not.toMatch(/<(animate|set)\b/);
    const animated = [...svg.matchAll(/\.([\w-]+) \{ animation: (?!none)/g)].map(([, name]) => `.${name}`);
    const [, resting = ''] = /\(prefers-reduced-motion: reduce\) \{\s*(.*) \{ animation: none \}\s*\}/.exec(svg) ?? [];
    expect(resting.split(', ').filter(Boolean)).toEqual(animated);
  });

  test('keeps the names of its styles and definitions to itself, for pages that hold several pictures', () => {
    const { svg } = render(template, args);
    const names = [...svg.matchAll(/(?:\bid="|class="|@keyframes |^\s*\.)([\w-]+)/gm)].map(([, name = '']) => name);
    expect(names.filter((name) => !name.startsWith(`${id}-`))).toEqual([]);
  });

  test('renders without args, and says nothing is missing', () => {
    expect(render(template, {}).warnings).toEqual([]);
    expect(drawn(render(template, {}).svg)).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  test('reads every arg of its example', () => {
    const { svg } = render(template, args);
    const unread = Object.keys(args).filter((key) => {
      const { [key]: _, ...others } = args;
      return [others, ...[...ODD, false, 'down'].map((odd) => ({ ...args, [key]: odd }))].every((changed) => {
        return key !== 'theme' && render(template, changed).svg === svg;
      });
    });
    expect(unread).toEqual([]);
  });

  test('draws whatever the args are', () => {
    for (const [key, value] of Object.entries(args)) {
      for (const changed of mutations(value as JsonValue)) {
        const { svg } = render(template, { ...args, [key]: changed });
        const spoilt = /NaN|Infinity|undefined|\[object|\.\d{4}|\d{9}|\de[+-]\d/.exec(drawn(svg));
        if (spoilt !== null) {
          const from = Math.max(0, spoilt.index - 60);
          expect.fail(`${key}: ${JSON.stringify(changed).slice(0, 200)} gives ${drawn(svg).slice(from, from + 120)}`);
        }
      }
    }
  });
});

test('the gallery has what people begin with', () => {
  expect(GALLERY.map(({ id }) => id)).toEqual([
    ...['badge', 'banner', 'bar-race', 'clock', 'countdown', 'gauge', 'line-chart', 'now-playing', 'pipeline'],
    ...['price-ticker', 'progress-ring', 'server-monitor', 'sparkline-card', 'status-board', 'weather'],
  ]);
  const titles = GALLERY.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});
