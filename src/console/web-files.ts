import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** A file that Vite built. Its name holds a hash of its content, so that it may be kept for ever. */
export interface WebFile {
  /** `/assets/console-<hash>.js` */
  readonly path: string;
  readonly type: string;
  /** By the name of its `Content-Encoding`; `identity` is always there. */
  readonly encodings: ReadonlyMap<string, Buffer>;
}

/** What the document of the console loads first. */
export interface WebEntry {
  readonly script: string;
  readonly styles: readonly string[];
  /** Modules that the script imports at once. */
  readonly preloads: readonly string[];
}

export interface WebBuild {
  readonly files: readonly WebFile[];
  /** `<live-svg>` for other pages; its name stays. */
  readonly embed: WebFile;
  readonly entry: WebEntry;
}

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);
const ENDINGS = new Map([
  ['br', '.br'],
  ['gzip', '.gz'],
  ['identity', ''],
]);
const ENTRY = 'src/console/app/main.tsx';

/** Beside this module in a build of the server; of the sources, where `scripts/build-web.mjs` says. */
function folder(): URL {
  const beside = new URL('./web/', import.meta.url);
  if (existsSync(beside)) return beside;
  const pointer = new URL('../../dist/web.json', import.meta.url);
  if (!existsSync(pointer)) throw new Error('The console is not built. Run: node scripts/build-web.mjs');
  const { folder: name } = JSON.parse(readFileSync(pointer, 'utf8')) as { folder: string };
  return new URL(`./${name}/`, pointer);
}

function load(file: URL, name: string): WebFile {
  const encodings = new Map<string, Buffer>();
  for (const [encoding, ending] of ENDINGS) {
    const encoded = new URL(`${file.href}${ending}`);
    if (existsSync(encoded)) encodings.set(encoding, readFileSync(encoded));
  }
  return { path: `/assets/${name}`, type: TYPES.get(extname(name)) ?? 'application/octet-stream', encodings };
}

function entryOf(manifest: Readonly<Record<string, Chunk>>): WebEntry {
  const chunk = manifest[ENTRY];
  if (chunk === undefined) throw new Error(`The manifest of the console has no entry ${ENTRY}.`);
  const imported = new Set<Chunk>();
  const follow = ({ imports = [] }: Chunk) => {
    for (const each of imports.flatMap((name) => manifest[name] ?? [])) {
      if (imported.has(each)) continue;
      imported.add(each);
      follow(each);
    }
  };
  follow(chunk);
  const styles = [...imported, chunk].flatMap(({ css = [] }) => css);
  const absolute = (path: string) => `/${path}`;
  return {
    script: absolute(chunk.file),
    styles: [...new Set(styles)].map(absolute),
    preloads: [...imported].map(({ file }) => absolute(file)),
  };
}

function loadWebBuild(): WebBuild {
  const root = folder();
  const manifest = JSON.parse(readFileSync(new URL('./manifest.json', root), 'utf8')) as Record<string, Chunk>;
  const assets = new URL('./assets/', root);
  const files = readdirSync(assets)
    .filter((name) => TYPES.has(extname(name)))
    .map((name) => load(new URL(name, assets), name));
  const embed = { ...load(new URL('./embed.js', root), 'embed.js'), path: '/embed.js' };
  return { files, embed, entry: entryOf(manifest) };
}

/** The built console, read once: a build that replaces it meanwhile takes nothing from a running server. */
export const WEB_BUILD: WebBuild = loadWebBuild();
