import { readdirSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../json.ts';

/** A template to start from. Any session made from it with its args, or with none, shows a picture. */
export interface GalleryTemplate {
  /** The name of its files, for example `progress-ring`. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly template: string;
  /** An example of all args it reads. With `theme: "light"` in place of `"dark"` it is made for light pages. */
  readonly args: JsonObject;
}

const FOLDER = new URL('./templates/', import.meta.url);
const ENDING = '.svg.njk';

function load(id: string): GalleryTemplate {
  const read = (ending: string) => readFileSync(new URL(`${id}${ending}`, FOLDER), 'utf8');
  const about: Pick<GalleryTemplate, 'title' | 'description' | 'args'> = JSON.parse(read('.json'));
  return { id, ...about, template: read(ENDING) };
}

/** By id. Each is two files in `templates`: `<id>.svg.njk`, and `<id>.json` with title, description and args. */
export const GALLERY: readonly GalleryTemplate[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => load(name.slice(0, -ENDING.length)))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
