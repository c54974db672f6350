// `npm run screenshots`: each page of the console in each state, dark, light, narrow and Korean, into `screenshots/`.
// `-- --only session` takes only states whose names begin so. Look at them.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { GALLERY } from '../../src/gallery/gallery.ts';
import { launchChromium } from '../harness/chromium.ts';
import { states } from './states.ts';

const LOOKS = [
  { name: 'dark', colorScheme: 'dark', width: 1280, language: 'en' },
  { name: 'light', colorScheme: 'light', width: 1280, language: 'en' },
  { name: 'narrow', colorScheme: 'dark', width: 360, language: 'en' },
  { name: 'korean', colorScheme: 'light', width: 1280, language: 'ko' },
] as const;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, look: { type: 'string' } } });
const ask = { method: 'POST', headers: { 'content-type': 'application/json' } };

async function serve(): Promise<{ url: string; stop: () => void }> {
  const options = ['--port', '0', '--data-dir', ':memory:', '--demo', 'on', '--rate-limits', 'off'];
  const server = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...options]);
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    server.stdout.on('data', (chunk) => {
      output += chunk;
      const [, found] = /Address +(http:\/\/[^:]+:\d+)\//.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
  return { url, stop: () => server.kill() };
}

const { url, stop } = await serve();
const credentials = JSON.stringify({ user_id: 'alice', password: 'correct horse battery' });
const { token } = await (await fetch(`${url}/api/auth/register`, { ...ask, body: credentials })).json();
const owned = { ...ask, headers: { ...ask.headers, authorization: `Bearer ${token}` } };
for (const { id, template, args } of GALLERY) {
  const body = JSON.stringify({ session_id: id, template, args });
  await fetch(`${url}/api/user/alice/session`, { ...owned, body });
}
const push = () => {
  const body = JSON.stringify({ args: { value: Math.random() * 100 } });
  return fetch(`${url}/api/user/alice/session/gauge`, { ...owned, method: 'PATCH', body });
};

const browser = await launchChromium();

async function signIn(page: Page): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[name=username]').fill('alice');
  await page.locator('input[name=password]').fill('correct horse battery');
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(`${url}/sessions`);
}

mkdirSync('screenshots', { recursive: true });
for (const { name: look, colorScheme, width, language } of LOOKS) {
  if (values.look !== undefined && values.look !== look) continue;
  const options = { colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' as const };
  const [stranger, alice] = [await browser.newContext(options), await browser.newContext(options)];
  for (const context of [stranger, alice]) {
    await context.addInitScript(`localStorage.setItem('rsvg.language', '${language}')`);
  }
  const entering = await alice.newPage();
  await signIn(entering);
  await entering.close();
  for (const { name, path, signedIn, reach } of states(push).filter((each) => each.name.startsWith(values.only))) {
    const page = await (signedIn ? alice : stranger).newPage();
    await page.goto(url + path);
    const why = await reach(page).then(
      () => null,
      (error: Error) => error.message.split('\n')[0],
    );
    await page.screenshot({ path: `screenshots/${name}-${look}.png`, fullPage: !name.includes('gallery') });
    if (why !== null) console.error(`${name}, ${look}: ${why}`);
    await page.close();
  }
  await stranger.close();
  await alice.close();
}
await browser.close();
stop();
