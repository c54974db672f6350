import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import { nearest } from './nearest.ts';
import type { Setting } from './setting.ts';

export type Table = Readonly<Record<string, Setting<unknown>>>;

/** A value as somebody wrote it. */
export interface Written {
  readonly text: string;
  /** Where, in words: `--port`, `PORT in .env`. */
  readonly where: string;
}

/** What one source says, by the setting's name, and what is wrong with the source itself. */
export interface Source {
  readonly values: ReadonlyMap<string, Written>;
  readonly mistakes: readonly string[];
}

/** The settings among environment variables; an empty value counts as unset. */
export function readEnvironment(
  table: Table,
  env: Readonly<Record<string, string | undefined>>,
  inWords = (name: string) => name,
): Source {
  const values = new Map<string, Written>();
  for (const [name, { env: variable }] of Object.entries(table)) {
    const text = env[variable];
    if (text !== undefined && text !== '') values.set(name, { text, where: inWords(variable) });
  }
  return { values, mistakes: [] };
}

/** `.env` of the folder, if there is one. Its other variables may belong to other programs. */
export function readDotEnv(table: Table, folder: string): Source {
  const file = readIfThere(folder, '.env');
  if (file.text === null) return { values: new Map(), mistakes: file.mistakes };
  return readEnvironment(table, parseEnv(file.text), (variable) => `${variable} in .env`);
}

/** `config.yaml` of the folder, if there is one. Every key must be a setting; a key without value counts as unset. */
export function readConfigYaml(table: Table, folder: string): Source {
  const values = new Map<string, Written>();
  const file = readIfThere(folder, 'config.yaml');
  if (file.text === null) return { values, mistakes: file.mistakes };
  const document = parseDocument(file.text);
  if (document.errors.length > 0) return { values, mistakes: yamlErrors(document) };
  if (document.contents === null) return { values, mistakes: [] };
  if (!isMap<Scalar, Node | null>(document.contents)) {
    return { values, mistakes: ['config.yaml is no list of lines such as "port: 3000"'] };
  }
  const mistakes: string[] = [];
  for (const { key, value } of document.contents.items) {
    const name = String(key.value);
    const text = textOf(value);
    if (!Object.hasOwn(table, name)) mistakes.push(unknownKey(name, Object.keys(table)));
    else if (text === null) mistakes.push(`${name} in config.yaml is neither one value nor a list of values`);
    else if (text !== '') values.set(name, { text, where: `${name} in config.yaml` });
  }
  return { values, mistakes };
}

/** The text as it stands in the file, since YAML reads `1.10` as the number 1.1. '': unset; null: no text. */
function textOf(node: Node | null): string | null {
  if (node === null) return '';
  if (isScalar(node)) return node.value === null ? '' : (node.source ?? String(node.value));
  if (!isSeq<Node>(node)) return null;
  const parts = node.items.map(textOf);
  return parts.every((part) => part !== null) ? parts.join(',') : null;
}

function unknownKey(key: string, names: readonly string[]): string {
  // What follows the letters is left out: a line without its blank, `redisUrl:redis://…`, may be such a key.
  const shown = /^[\w-]*/.exec(key)?.[0];
  const meant = nearest(key, names);
  return `"${shown}" in config.yaml is no setting${meant === null ? '' : `; did you mean "${meant}"?`}`;
}

/** The parser's own messages quote the file, passwords too. */
function yamlErrors(document: Document.Parsed): readonly string[] {
  return document.errors.map(({ code, linePos }) => {
    const at = linePos === undefined ? '' : ` in line ${linePos[0].line}, column ${linePos[0].col}`;
    return `config.yaml is no valid YAML${at}: ${code.toLowerCase().replaceAll('_', ' ')}`;
  });
}

function readIfThere(folder: string, name: string): { readonly text: string | null; readonly mistakes: string[] } {
  try {
    return { text: readFileSync(join(folder, name), 'utf8'), mistakes: [] };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { text: null, mistakes: code === 'ENOENT' ? [] : [`${name} cannot be read: ${code}`] };
  }
}
