import { expect, test } from 'vitest';
import { en } from '../../src/console/app/language/en.ts';
import { gallery } from '../../src/console/app/language/ko/gallery.ts';
import { limits } from '../../src/console/app/language/ko/limits.ts';
import { ko } from '../../src/console/app/language/ko.ts';
import { GALLERY } from '../../src/gallery/gallery.ts';
import { LIMIT_NAMES } from '../../src/rendering/overrun.ts';

/** Each text with its way, what it takes filled in. */
function texts(messages: object, way = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) => {
    const path = `${way}.${key}`;
    if (typeof value === 'string') return [[path, value]];
    if (typeof value === 'function') return [[path, value('‹one›', '‹two›')]];
    return texts(value as object, path);
  });
}

test('every language has the same texts, none of them empty', () => {
  expect(texts(ko).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
  expect([...texts(en), ...texts(ko)].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('what a text is given stands in it in every language', () => {
  const given = (messages: object) =>
    texts(messages).map(([path, text]) => [path, text.includes('‹one›'), text.includes('‹two›')]);
  expect(given(ko)).toEqual(given(en));
});

test('Korean texts are Korean, but for names', () => {
  const foreign = texts(ko)
    .filter(([, text]) => !/[가-힣]/.test(text))
    .map(([, text]) => text);
  expect(new Set(foreign)).toEqual(new Set(['GraphQL', 'REST', 'JSON']));
});

test('every template of the gallery has a Korean title and description, and nothing else has', () => {
  expect([...gallery.keys()]).toEqual(GALLERY.map(({ id }) => id));
  const words = [...gallery.values()].flatMap(({ title, description }) => [title, description]);
  expect(words.filter((each) => !/[가-힣]/.test(each))).toEqual([]);
});

test('every limit of templates has Korean words, and nothing else has', () => {
  expect([...limits.keys()]).toEqual(LIMIT_NAMES);
  expect([...limits.values()].filter((words) => words.some((each) => !/[가-힣]/.test(each)))).toEqual([]);
});
