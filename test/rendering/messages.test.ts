import { describe, expect, test } from 'vitest';
import { MISTAKES } from './messages/mistakes.ts';
import { plainRefusalOf } from './plain.ts';

/** Words of the libraries that read templates, which mean nothing to who writes one. */
const WORKINGS = /parse[A-Z]|token:|aggregate|signature|block end|variable end|symbol|undefined|\[object|advanceAfter/i;

const ARGS = { five: 5, name: 'odd-ish' };

describe.each(Object.entries(MISTAKES))('%s', (subject, mistakes) => {
  const messages = mistakes.map((template) => ({ template, message: plainRefusalOf(template, ARGS).message }));

  test('the messages read like those of a good compiler', async () => {
    const page = messages.map(({ template, message }) => `${template}\n    ${message}\n`).join('\n');
    await expect(page).toMatchFileSnapshot(`messages/${subject.replaceAll(/[^a-z]+/g, '-')}.txt`);
  });

  test.each(messages)('$template', ({ message }) => {
    expect(message).toMatch(/^Line \d+, column \d+: ["{A-Z].*[.?]$/s);
    expect(message).not.toMatch(WORKINGS);
    expect(message.length).toBeLessThan(240);
  });
});

test('there are mistakes enough', () => {
  expect(Object.values(MISTAKES).flat().length).toBeGreaterThanOrEqual(130);
});
