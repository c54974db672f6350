import { parseArgs } from 'node:util';
import { nearest } from './nearest.ts';
import type { Source, Table, Written } from './sources.ts';

/** The command line, and whether it asks for text instead of a server. */
export interface Flags extends Source {
  readonly asksFor: 'help' | 'version' | null;
}

/** Reads `--flag value` and `--flag=value`; the last of several wins. @param argv without node and the script. */
export function readFlags(table: Table, argv: readonly string[]): Flags {
  const names = new Map(Object.entries(table).flatMap(([name, { flag }]) => (flag === null ? [] : [[flag, name]])));
  const { args, mistakes } = withoutBareFlags(argv, names);
  const { values: asked, tokens } = parseArgs({
    args,
    // Strict parsing stops at the first mistake; all of them are wanted.
    strict: false,
    tokens: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
      ...Object.fromEntries([...names.keys()].map((flag) => [flag, { type: 'string' } as const])),
    },
  });
  const values = new Map<string, Written>();
  let unknownAt = -2;
  for (const token of tokens) {
    if (token.kind === 'option') {
      const name = names.get(token.name);
      if (name !== undefined) values.set(name, { text: token.value ?? '', where: `--${token.name}` });
      else if (token.name !== 'help' && token.name !== 'version') {
        mistakes.push(unknownFlag(token.rawName, [...names.keys(), 'help', 'version']));
        unknownAt = token.index;
      }
    } else if (token.kind === 'positional' && token.index !== unknownAt + 1) {
      // Not shown: it may be a password that lost its flag.
      mistakes.push('an argument on the command line stands alone; every value follows its flag');
    }
  }
  return { values, mistakes, asksFor: asked.help === true ? 'help' : asked.version === true ? 'version' : null };
}

/** Takes out flags that lack their value: `parseArgs` would take the next flag for it. */
function withoutBareFlags(argv: readonly string[], names: ReadonlyMap<string, string>) {
  const mistakes: string[] = [];
  const args = argv.filter((arg, at) => {
    const next = argv[at + 1];
    if (!arg.startsWith('--') || !names.has(arg.slice(2)) || (next !== undefined && !next.startsWith('--')))
      return true;
    mistakes.push(`${arg} lacks its value`);
    return false;
  });
  return { args, mistakes };
}

function unknownFlag(written: string, flags: readonly string[]): string {
  // What follows the letters is left out: it may be the start of a value.
  const shown = /^-*[\w-]*/.exec(written)?.[0] ?? '';
  const meant = nearest(shown.replace(/^-+/, ''), flags);
  return `${shown} is no flag${meant === null ? '' : `; did you mean --${meant}?`}`;
}
