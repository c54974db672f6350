import { KEYS_COMMANDS } from './keys-command.ts';
import { defaultInWords } from './settings.ts';
import type { Table } from './sources.ts';
import { USER_COMMANDS } from './user-command.ts';

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
    'Accounts, in the store that the flags name, beside servers that run:',
    ...USER_COMMANDS.map((command) => `  ${command}`),
    '',
    'Signing keys, likewise:',
    ...KEYS_COMMANDS.map((command) => `  ${command}`),
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
