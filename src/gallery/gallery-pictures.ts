import type { Templates } from '../rendering/templates.ts';
import type { GalleryTemplate } from './gallery.ts';

export type PictureTheme = 'dark' | 'light';

export interface GalleryPictures {
  /** The template with its example args, for pages of this look: one SVG. @returns rejects with Refusal UNAVAILABLE */
  draw(template: GalleryTemplate, theme: PictureTheme): Promise<string>;
}

/** Draws each template once for each look; what could not be drawn is tried again by whoever asks next. */
export function createGalleryPictures(templates: Templates): GalleryPictures {
  const drawn = new Map<string, Promise<string>>();
  return {
    draw({ id, template, args }, theme) {
      const key = `${theme} ${id}`;
      const known = drawn.get(key);
      if (known !== undefined) return known;
      const drawing = templates.render(template, { ...args, theme }).then(({ svg }) => svg);
      drawn.set(key, drawing);
      drawing.catch(() => drawn.delete(key));
      return drawing;
    },
  };
}
