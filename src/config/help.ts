import { KEYS_COMMANDS } from './keys-command.ts';
import { defaultInWords } from './settings.ts';
import type { Table } from './sources.ts';
import { USER_COMMANDS } from './user-command.ts';

const COMMANDS = {
  user: ['Accounts, in the store that the flags name, beside servers that run:', ...indented(USER_COMMANDS)],
  keys: ['Signing keys, in the store that the flags name, beside servers that run:', ...indented(KEYS_COMMANDS)],
} as const;

function indented(commands: readonly string[]): readonly string[] {
  return commands.map((command) => `  ${command}`);
}

/** What can follow `user` or `keys`. */
export function commandHelp(command: keyof typeof COMMANDS): string {
  return [
    ...COMMANDS[command],
    '',
    'npm start -- <command> [flags]        from a checkout',
    'node dist/main.js <command> [flags]   from a build',
    '',
    'Flags such as --data-dir or --redis-url stand behind it; --help alone lists them.',
  ].join('\n');
}

/** The table of settings for a terminal of 80 columns or more. */
export function helpText(table: Table): string {
  const entries = Object.entries(table).map(([name, entry]) =>
    [
      `  ${entry.flag === null ? '' : `--${entry.flag}   `}${entry.env}   config.yaml: ${name}`,
      `      ${entry.meaning}`,
      `      May be ${entry.accepts}.`,
      `      Default: ${defaultInWords(entry)}`,
    ].join('\n'),
  );
  return [
    'realtime-svg: live images from SVG templates and JSON.',
    '',
    'npm start -- [flags]        from a checkout',
    'node dist/main.js [flags]   from a build',
    '',
    ...COMMANDS.user,
    '',
    ...COMMANDS.keys,
    '',
    'The first that is written counts: flag, environment variable, .env, config.yaml, default.',
    'Both files are looked for in the working directory.',
    '',
    ...entries,
    '  -h, --help',
    '      Prints this.',
    '  -v, --version',
    '      Prints the version.',
  ].join('\n');
}
