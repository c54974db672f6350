import { GALLERY, type GalleryTemplate } from '../../src/gallery/gallery.ts';
import type { JsonObject } from '../../src/json.ts';
import { createEngine } from '../../src/rendering/engine.ts';

export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

const engine = createEngine({ maxFrameBytes: 2 * 1024 * 1024, maxSteps: 100_000 });

export const render = ({ template }: GalleryTemplate, args: JsonObject) => engine.render(template, args);

export interface Example {
  readonly id: string;
  readonly theme: Theme;
  readonly template: GalleryTemplate;
  readonly args: JsonObject;
}

/** Each template of the gallery with its example args, dark and light. */
export const EXAMPLES: readonly Example[] = GALLERY.flatMap((template) =>
  THEMES.map((theme) => ({ id: template.id, theme, template, args: { ...template.args, theme } })),
);

/** The picture of an example, which the documents show. */
export const pictureFile = ({ id, theme }: Example) => `docs/pictures/gallery/${id}-${theme}.svg`;

/** The example as it was drawn by Chromium, without its texts. */
export const shapesFile = ({ id, theme }: Example) => `test/gallery/shapes/${id}-${theme}.png`;
