import type { Page, Route } from 'playwright-core';
import { launchChromium } from '../harness/chromium.ts';
import { SCRIPT } from './attacks.ts';

export interface Frame {
  readonly seed: number;
  readonly svg: string;
}

/** What a browser did with a frame, in words. */
export interface Sighting {
  readonly seed: number;
  readonly faults: readonly string[];
}

const NAME = SCRIPT.slice(0, SCRIPT.indexOf('('));
const PAGE = 'http://frames.example/';
const BATCH = 100;
/** How long a page is left alone after it loaded, for animations to begin and images to be asked for. */
const LINGER_MS = 100;

/** Shows frames to Chromium inline in HTML and as documents, with no policy against script or requests. */
export async function lookAt(frames: readonly Frame[]): Promise<readonly Sighting[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.addInitScript(`window.${NAME} = () => { top.hasFired = true; };`);
    // tsx wraps named functions in a call of this, also in what is sent to the page.
    await page.addInitScript('globalThis.__name = (named) => named;');
    const sightings: Sighting[] = [];
    for (let i = 0; i < frames.length; i += BATCH)
      sightings.push(...(await lookAtBatch(page, frames.slice(i, i + BATCH))));
    return sightings;
  } finally {
    await browser.close();
  }
}

/** What happens in a page is nobody's in particular: the page is halved until one frame is left. */
async function lookAtBatch(page: Page, frames: readonly Frame[]): Promise<readonly Sighting[]> {
  const { ofPage, ofFrames } = await load(page, frames);
  const [first] = frames;
  if (frames.length === 1 && first !== undefined) {
    const faults = [...ofPage, ...ofFrames.flatMap(({ faults }) => faults)];
    return faults.length === 0 ? [] : [{ seed: first.seed, faults }];
  }
  if (ofPage.length === 0 && ofFrames.length === 0) return [];
  const middle = frames.length >> 1;
  const halves = [frames.slice(0, middle), frames.slice(middle)];
  const found: Sighting[] = [];
  for (const half of halves) found.push(...(await lookAtBatch(page, half)));
  const seeds = frames.map(({ seed }) => seed).join(', ');
  return found.length > 0 ? found : [{ seed: first?.seed ?? 0, faults: [...ofPage, `together only: ${seeds}`] }];
}

async function load(page: Page, frames: readonly Frame[]) {
  const asked: string[] = [];
  const answer = async (route: Route) => {
    const url = route.request().url();
    if (url === PAGE && asked.length === 0) {
      asked.push(url);
      const html = frames.map(({ svg }) => `<div class="frame">${svg}</div>`).join('\n');
      await route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><body>${html}` });
      return;
    }
    asked.push(url);
    await route.abort();
  };
  await page.route('**/*', answer);
  await page.goto(PAGE);
  const ofFrames = await page.evaluate(
    inspectPage,
    frames.map(({ svg }) => svg),
  );
  await page.waitForTimeout(LINGER_MS);
  const fired = await page.evaluate(() => Reflect.get(globalThis, 'hasFired') === true);
  await page.unroute('**/*', answer);
  // An <image href="#a"> is the page itself to a browser, asked for once more.
  const elsewhere = asked.filter((url) => url !== PAGE);
  const ofPage = [...(fired ? ['script ran'] : []), ...elsewhere.map((url) => `asked for ${url.slice(0, 80)}`)];
  return { ofPage, ofFrames: ofFrames.map(({ at, faults }) => ({ seed: frames[at]?.seed ?? 0, faults })) };
}

/** Runs in the page. */
async function inspectPage(svgs: readonly string[]) {
  const faultsIn = (root: Element): string[] => {
    const faults: string[] = [];
    for (const element of root.querySelectorAll('*')) {
      if (/xhtml|MathML/.test(element.namespaceURI ?? '')) faults.push(`<${element.nodeName}> is not SVG`);
      if (/script|foreignobject/i.test(element.localName)) faults.push(`<${element.nodeName}>`);
      for (const { name, value } of element.attributes) {
        if (/^(?:\w+:)?on/i.test(name)) faults.push(`${name} on <${element.nodeName}>`);
        const url = /^(?:xlink:)?(?:href|src)$/i.test(name) ? value : null;
        if (url === null) continue;
        const { protocol } = new URL(url, 'https://base.example/');
        if (!['https:', 'http:', 'data:'].includes(protocol)) faults.push(`${name}="${value}"`);
      }
    }
    return faults;
  };
  const boxes = [...document.querySelectorAll('body > div.frame')];
  const sights = svgs.map((svg, at) => {
    const box = boxes[at];
    if (
      box === undefined ||
      box.children.length !== 1 ||
      box.textContent?.trim() !== box.firstElementChild?.textContent?.trim()
    ) {
      return { at, faults: ['an HTML parser does not leave it one element'] };
    }
    const again = document.createElement('div');
    again.innerHTML = box.innerHTML;
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const faults = [...faultsIn(box), ...faultsIn(again).map((fault) => `${fault}, parsed again`)];
    if (again.children.length !== 1) faults.push('parsed again it is not one element');
    if (parsed.querySelector('parsererror') !== null) faults.push('not well-formed XML to Chromium');
    else faults.push(...faultsIn(parsed.documentElement));
    return { at, faults };
  });
  await Promise.all(
    svgs.map(async (svg) => {
      const frame = document.createElement('iframe');
      frame.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    }),
  );
  return sights.filter(({ faults }) => faults.length > 0);
}
