import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WEB_BUILD } from '../../src/console/web-files.ts';

/** For a visitor of any page but the editor. */
const MAX_FIRST_LOAD_BYTES = 120 * 1024;

test('what a page loads first is at most 120 KB in gzip, and the editor is not among it', () => {
  const { files, entry } = WEB_BUILD;
  const first = [entry.script, ...entry.preloads, ...entry.styles];
  const sizes = first.map((path) => {
    const file = files.find((each) => each.path === path);
    expect(file, path).toBeDefined();
    return gzipSync(file?.encodings.get('identity') ?? '', { level: 9 }).length;
  });
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_FIRST_LOAD_BYTES);
  for (const editor of ['template-editor', 'json-editor']) {
    expect(files.some(({ path }) => path.includes(editor))).toBe(true);
    expect(first.some((path) => path.includes(editor))).toBe(false);
  }
});
