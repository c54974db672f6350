import { ConfigError } from './config-error.ts';
import { nearest } from './nearest.ts';

const ACTIONS = ['list', 'rotate'] as const;

type Action = (typeof ACTIONS)[number];

/** What an operator asks for: `realtime-svg keys <action> [--now] [settings]`. */
export interface KeysCommand {
  readonly action: Action;
  /** Of `rotate`: all keys go, and what they signed is refused. */
  readonly now: boolean;
}

export const KEYS_COMMANDS = [
  'keys list                           the keys that sign access tokens, by their times',
  'keys rotate                         publishes a new one, which signs six minutes later',
  'keys rotate --now                   after a leak: a new one at once; every access token ends',
] as const;

/**
 * Takes the command off the front of the command line.
 *
 * @returns `rest`: the settings that follow it
 * @throws ConfigError for a command that is none
 */
export function readKeysCommand(argv: readonly string[]): { readonly command: KeysCommand; readonly rest: string[] } {
  const [, written = '', ...after] = argv;
  const action = ACTIONS.find((known) => known === written);
  if (action === undefined) {
    const meant = nearest(written, ACTIONS);
    throw new ConfigError([
      `"keys" is followed by one of ${ACTIONS.join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`,
    ]);
  }
  const rest = after.filter((arg) => arg !== '--now');
  const now = rest.length < after.length;
  if (now && action !== 'rotate') throw new ConfigError([`"keys ${action}" takes no --now`]);
  return { command: { action, now }, rest };
}
