import { describe, expect, it } from 'vitest';
import { formatSessionId, parseName, parseSessionId, sessionPath } from '../../src/sessions/session-id.ts';

const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' });
const attempt = (text: string) => {
  try {
    return parseName(text, 'session name');
  } catch (error) {
    return error;
  }
};

describe('a name', () => {
  it.each([
    ['is trimmed', '  clock \n', 'clock'],
    ['is brought to NFC', 'e\u0301', 'é'],
    ['may be anything else in Unicode', '날씨 🌦 __proto__ : * { } %2F', '날씨 🌦 __proto__ : * { } %2F'],
    ['counts code points, not code units', '🌦'.repeat(128), '🌦'.repeat(128)],
    ['counts after composition', 'e\u0301'.repeat(128), 'é'.repeat(128)],
    ['may be three dots', '...', '...'],
  ])('%s', (_what, text, name) => expect(attempt(text)).toBe(name));

  it.each([
    ['empty', ''],
    ['blank', ' \t '],
    ['longer than 128 code points', 'a'.repeat(129)],
    ['129 emoji', '🌦'.repeat(129)],
    ['a dot', '.'],
    ['two dots', '..'],
    ['with a slash', 'a/b'],
    ['with a line break', 'a\nb'],
    ['with DEL', 'a\u007fb'],
    ['with half a surrogate pair', 'a\ud800'],
  ])('is refused: %s', (_what, text) => expect(attempt(text)).toEqual(refused));
});

describe('a session id', () => {
  it.each([
    ['clock', { owner: null, name: 'clock' }, 'clock'],
    ['alice/my clock', { owner: 'alice', name: 'my clock' }, 'alice/my%20clock'],
    ['user:alice:session:x', { owner: null, name: 'user:alice:session:x' }, 'user%3Aalice%3Asession%3Ax'],
  ])('%s reads, writes and makes a path', (text, id, path) => {
    expect(parseSessionId(text)).toEqual(id);
    expect(formatSessionId(id)).toBe(text);
    expect(sessionPath(id)).toBe(path);
  });

  it.each(['/', 'a/', '/b', 'a/b/c'])('%s is refused', (text) => {
    expect(() => parseSessionId(text)).toThrow(refused);
  });
});
