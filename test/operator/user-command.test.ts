import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { readUserCommand } from '../../src/config/user-command.ts';

describe('the command "user"', () => {
  it.each([
    [['user', 'list'], { action: 'list', userId: '', role: 'user' }, []],
    [['user', 'add', 'alice'], { action: 'add', userId: 'alice', role: 'user' }, []],
    [['user', 'add', 'alice', '--role', 'admin'], { action: 'add', userId: 'alice', role: 'admin' }, []],
    [
      ['user', 'role', 'a b', '--data-dir', 'x', '--role=admin', '--port', '1'],
      { action: 'role', userId: 'a b', role: 'admin' },
      ['--data-dir', 'x', '--port', '1'],
    ],
    [
      ['user', 'list', '--redis-url', 'redis://r'],
      { action: 'list', userId: '', role: 'user' },
      ['--redis-url', 'redis://r'],
    ],
  ])('%j', (argv, command, rest) => {
    expect(readUserCommand(argv)).toEqual({ command, rest });
  });

  it.each([
    [['user'], 'followed by one of add'],
    [['user', 'ad'], 'did you mean add?'],
    [['user', 'add'], 'followed by a user id'],
    [['user', 'add', '--role', 'admin'], 'followed by a user id'],
    [['user', 'add', 'alice', '--role', 'root'], '--role is user or admin'],
    [['user', 'add', 'alice', '--role'], '--role is user or admin'],
    [['user', 'disable', 'alice', '--role', 'admin'], 'takes no --role'],
    [['user', 'role', 'alice'], 'followed by --role'],
  ])('%j is refused', (argv, words) => {
    expect(() => readUserCommand(argv)).toThrow(ConfigError);
    expect(() => readUserCommand(argv)).toThrow(words);
  });
});
