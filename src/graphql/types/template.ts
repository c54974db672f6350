import { GALLERY, type GalleryTemplate } from '../../gallery/gallery.ts';
import { builder } from '../builder.ts';

const PictureTheme = builder.enumType('PictureTheme', {
  description: 'The pages that a picture is made for.',
  values: {
    DARK: { value: 'dark', description: 'Dark pages.' },
    LIGHT: { value: 'light', description: 'Light pages.' },
  } as const,
});

const Template = builder.objectRef<GalleryTemplate>('Template').implement({
  description: 'A template of the gallery, to start from.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'For example `progress-ring`.' }),
    title: t.exposeString('title', { description: 'For people.' }),
    description: t.exposeString('description', { description: 'What it shows, in a sentence.' }),
    template: t.exposeString('template', {
      description: 'Give it to `createSession`. It renders with any args; its first lines say which it reads.',
    }),
    args: t.expose('args', {
      type: 'JSONObject',
      description: 'An example of its args. `theme` is `"dark"`; `"light"` is made for light pages.',
    }),
    svg: t.string({
      description: 'It, drawn with these args: a well-formed SVG document. The server draws it once and keeps it.',
      args: { theme: t.arg({ type: PictureTheme, required: true, defaultValue: 'dark' as const }) },
      resolve: (template, { theme }, { galleryPictures }) => galleryPictures.draw(template, theme),
    }),
  }),
});

builder.queryField('templates', (t) =>
  t.field({
    type: [Template],
    complexity: { field: 1, multiplier: GALLERY.length },
    description: 'The gallery: templates to start from, by id. No token is needed.',
    resolve: () => [...GALLERY],
  }),
);
