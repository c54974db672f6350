import { ConfigError } from './config-error.ts';
import { readFlags } from './flags.ts';
import { commandHelp, helpText } from './help.ts';
import { readKeyPair } from './key-pair.ts';
import { type KeysCommand, readKeysCommand } from './keys-command.ts';
import type { Setting } from './setting.ts';
import { type Config, settingsTable } from './settings.ts';
import { readConfigYaml, readDotEnv, readEnvironment, type Table, type Written } from './sources.ts';
import { readUserCommand, type UserCommand } from './user-command.ts';
import { packageVersion } from './version.ts';

/** What the process was asked to do. */
export type Invocation =
  | { readonly kind: 'serve'; readonly config: Config }
  | { readonly kind: 'user'; readonly config: Config; readonly command: UserCommand }
  | { readonly kind: 'keys'; readonly config: Config; readonly command: KeysCommand }
  /** Print the text and end with success. */
  | { readonly kind: 'help' | 'version'; readonly text: string };

export interface ConfigSources {
  /** Without node and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where `.env` and `config.yaml` are looked for and relative paths begin. */
  readonly cwd: string;
}

/**
 * Reads every setting: flag, else environment, else `.env`, else `config.yaml`, else its default.
 *
 * @throws ConfigError with all mistakes of all sources
 */
export function readConfig({ argv, env, cwd }: ConfigSources): Invocation {
  const table = settingsTable(cwd);
  const [first] = argv;
  // Before what is missing is complained about: who asks does not know it yet.
  if ((first === 'user' || first === 'keys') && argv.some((arg) => arg === '--help' || arg === '-h')) {
    return { kind: 'help', text: commandHelp(first) };
  }
  const user = first === 'user' ? readUserCommand(argv) : null;
  const keys = first === 'keys' ? readKeysCommand(argv) : null;
  const flags = readFlags(table, (user ?? keys)?.rest ?? argv);
  if (flags.asksFor === 'help') return { kind: 'help', text: helpText(table) };
  if (flags.asksFor === 'version') return { kind: 'version', text: packageVersion() };

  const sources = [flags, readEnvironment(table, env), readDotEnv(table, cwd), readConfigYaml(table, cwd)];
  const written = (name: string) => sources.find((source) => source.values.has(name))?.values.get(name) ?? null;
  const { known, wrong } = settle(table, written);
  const mistakes = [
    ...sources.flatMap((source) => source.mistakes),
    ...wrong,
    ...lonely(table, written),
    ...unusableKeyPair(known, written),
  ];
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const config = known as Config;
  if (user !== null) return { kind: 'user', config, command: user.command };
  return keys === null ? { kind: 'serve', config } : { kind: 'keys', config, command: keys.command };
}

/** Settings that mean nothing without another one, which is not written. */
function lonely(table: Table, written: (name: string) => Written | null): readonly string[] {
  return Object.entries(table).flatMap(([name, { needs }]) => {
    const value = written(name);
    if (needs === undefined || value === null || written(needs) !== null) return [];
    const { flag, env } = table[needs] as Setting<unknown>;
    const other = flag === null ? env : `--${flag} (${env})`;
    return [`${value.where} is set but ${other} is not; set both, or neither`];
  });
}

/** What is wrong with the files of TLS, looked at here so that it stands among all other mistakes. */
function unusableKeyPair(
  { tlsCert, tlsKey }: Readonly<Record<string, unknown>>,
  written: (name: string) => Written | null,
): readonly string[] {
  if (typeof tlsCert !== 'string' || typeof tlsKey !== 'string') return [];
  const where = (name: string) => written(name)?.where ?? name;
  const certFile = { path: tlsCert, where: where('tlsCert') };
  return readKeyPair(certFile, { path: tlsKey, where: where('tlsKey') }).mistakes ?? [];
}

/** Gives every setting its value, in the table's order, since a default may depend on settings above it. */
function settle(table: Table, written: (name: string) => Written | null) {
  const known: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, entry] of Object.entries(table)) {
    const value = written(name);
    if (value === null) {
      // After a mistake nobody sees the rest, and a default may depend on what is missing.
      if (wrong.length === 0) known[name] = defaultOf(entry, known);
      continue;
    }
    const parsed = entry.schema.safeParse(value.text);
    if (parsed.success) known[name] = parsed.data;
    else wrong.push(`${value.where} is ${shown(entry, value.text)}; it may be ${entry.accepts}`);
  }
  return { known, wrong };
}

function defaultOf(entry: Setting<unknown>, known: Record<string, unknown>): unknown {
  if (entry.fallback === null) return null;
  if (typeof entry.fallback === 'string') return entry.schema.parse(entry.fallback);
  return entry.fallback.of(known as unknown as Config);
}

/** The text for a message, on one line and not endless. */
function shown(entry: Setting<unknown>, text: string): string {
  if (entry.secret) return 'not understood (not shown here: it may hold a password)';
  // Whatever setting a URL was given to by mistake, the password before its @ stays out.
  const harmless = text.replace(/^.*@/s, '…@');
  return JSON.stringify(harmless.length > 100 ? `${harmless.slice(0, 100)}…` : harmless);
}
