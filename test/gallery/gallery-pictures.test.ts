import { expect, onTestFinished, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { GALLERY, type GalleryTemplate } from '../../src/gallery/gallery.ts';
import { createGalleryPictures } from '../../src/gallery/gallery-pictures.ts';
import { createTemplates, type Templates } from '../../src/rendering/templates.ts';

/** The real engine, busy for the first `refusals` renders; what it is asked is counted. */
function countedTemplates(refusals = 0) {
  const templates = createTemplates({ maxFrameBytes: 1_000_000, maxSteps: 100_000 });
  onTestFinished(templates.close);
  let asked = 0;
  const render: Templates['render'] = async (source, args, options) => {
    asked += 1;
    if (asked <= refusals) throw new Refusal('UNAVAILABLE', 'Too many renders wait.');
    return templates.render(source, args, options);
  };
  return { templates: { ...templates, render }, asked: () => asked };
}

const [template] = GALLERY as [GalleryTemplate];

test('a template is drawn once for each look, however many ask, and at once', async () => {
  const { templates, asked } = countedTemplates();
  const pictures = createGalleryPictures(templates);
  const [dark, again, light] = await Promise.all([
    pictures.draw(template, 'dark'),
    pictures.draw(template, 'dark'),
    pictures.draw(template, 'light'),
  ]);
  expect(again).toBe(dark);
  expect(light).not.toBe(dark);
  expect(await pictures.draw(template, 'dark')).toBe(dark);
  expect(asked()).toBe(2);
});

test('a picture that could not be drawn is tried again by whoever asks next', async () => {
  const { templates } = countedTemplates(1);
  const pictures = createGalleryPictures(templates);
  await expect(pictures.draw(template, 'dark')).rejects.toThrow('Too many renders wait.');
  expect(await pictures.draw(template, 'dark')).toContain('<svg');
});
