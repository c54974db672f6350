import { gallery } from './ko/gallery.ts';
import { language } from './language.ts';

interface Words {
  readonly title: string;
  readonly description: string;
}

/** How a template of the gallery is called in the chosen language; as the server says it where there are no words. */
export function galleryWords({ id, title, description }: Words & { readonly id: string }): Words {
  const translated = language.value === 'ko' ? gallery.get(id) : undefined;
  return translated ?? { title, description };
}
