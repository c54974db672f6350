import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

export interface Asset {
  /** Names the content, so that it may be kept for ever. */
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
}

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

function load(file: string): Asset {
  const content = readFileSync(new URL(`./assets/${file}`, import.meta.url));
  const extension = extname(file);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const path = `/assets/${file.slice(0, -extension.length)}.${hash}${extension}`;
  return { path, type: TYPES.get(extension) ?? 'application/octet-stream', content };
}

export const ICON = load('icon.svg');
export const LIVE_STYLE = load('live.css');
export const COPY_BUTTONS = load('copy-buttons.js');
export const THEME = load('theme.js');
export const API_DOCS = load('api-docs.js');
export const API_DOCS_STYLE = load('api-docs.css');

export const ASSETS: readonly Asset[] = [...[ICON, THEME, LIVE_STYLE, COPY_BUTTONS], ...[API_DOCS, API_DOCS_STYLE]];
