import { expect, test } from 'vitest';
import { chromiumAvailable } from '../harness/chromium.ts';
import { lookAt } from './in-a-browser.ts';

const picture = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;

const MINDED = [
  ['<script>fired(1)</script>', 'script ran'],
  ['<g onload="fired(1)"/>', 'onload on <g>'],
  [`<title><style><g id="</style><img src='data:,' onerror=fired(1)>"/></style></title>`, 'script ran'],
  ['<rect width="9" height="9" style="mask-image:url(https://evil.example/a)"/>', 'asked for https://evil.example/a'],
  ['<image href="https://evil.example/b" width="9" height="9"/>', 'asked for https://evil.example/b'],
  ['<style>@import "https://evil.example/c";</style>', 'asked for https://evil.example/c'],
  ['<a href="javascript:fired(1)"/>', 'href="javascript:fired(1)"'],
  ['<style><p></p></style>', 'an HTML parser does not leave it one element'],
  ['<g>&nbsp;</g>', 'not well-formed XML to Chromium'],
] as const;

test.skipIf(!chromiumAvailable)('Chromium minds what runs or loads, and nothing else', async () => {
  const contents = [...MINDED.map(([content]) => content), '<image href="#a"/><g xmlns="urn:x"/>', '<title>x</title>'];
  const sightings = await lookAt(contents.map((content, seed) => ({ seed, svg: picture(content) })));
  expect(sightings).toEqual(MINDED.map(([, fault], seed) => ({ seed, faults: expect.arrayContaining([fault]) })));
});
