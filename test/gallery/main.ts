// `npm run gallery`: draws the pictures of the gallery that the documents show and the tests compare. Look at them.
import { writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { launchChromium } from '../harness/chromium.ts';
import { drawContactSheet } from './contact-sheet.ts';
import { draw, openPage, show } from './drawing.ts';
import { EXAMPLES, pictureFile, render, shapesFile, THEMES } from './examples.ts';

const browser = await launchChromium();
const page = await openPage(browser);
for (const example of EXAMPLES) {
  const { svg } = render(example.template, example.args);
  writeFileSync(pictureFile(example), `${svg}\n`);
  await show(page, svg);
  writeFileSync(shapesFile(example), PNG.sync.write(await draw(page, { texts: false })));
}
for (const theme of THEMES) {
  writeFileSync(`docs/pictures/gallery-${theme}.png`, await drawContactSheet(browser, theme));
}
await browser.close();
