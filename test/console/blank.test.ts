import { expect, test } from 'vitest';
import { BLANK, BLANK_PICTURE } from '../../src/console/app/pages/editor/blank.ts';
import { createTemplates } from '../../src/rendering/templates.ts';

test('the picture on the card of the blank template is what the server draws of it', async () => {
  const templates = createTemplates({ maxFrameBytes: 100_000, maxSteps: 10_000 });
  const { svg, warnings } = await templates.render(BLANK.template, BLANK.args);
  await templates.close();
  expect(svg).toBe(BLANK_PICTURE);
  expect(warnings).toEqual([]);
});
