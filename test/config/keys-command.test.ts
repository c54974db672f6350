import { expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { readKeysCommand } from '../../src/config/keys-command.ts';

it.each([
  [['keys', 'list'], { action: 'list', now: false }, []],
  [['keys', 'rotate', '--data-dir', 'x'], { action: 'rotate', now: false }, ['--data-dir', 'x']],
  [
    ['keys', 'rotate', '--redis-url', 'redis://r', '--now'],
    { action: 'rotate', now: true },
    ['--redis-url', 'redis://r'],
  ],
])('%j is understood', (argv, command, rest) => {
  expect(readKeysCommand(argv)).toEqual({ command, rest });
});

it.each([
  [['keys'], 'followed by one of list, rotate'],
  [['keys', 'rotat'], 'did you mean rotate?'],
  [['keys', 'list', '--now'], 'takes no --now'],
])('%j is refused', (argv, words) => {
  expect(() => readKeysCommand(argv)).toThrow(ConfigError);
  expect(() => readKeysCommand(argv)).toThrow(words);
});
