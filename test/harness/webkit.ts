import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../scripts/test-needs.mjs';
import { freePort } from './redis-server.ts';

interface Programs {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
}

/** WebKitGTK's driver, its MiniBrowser and a display for it; null: not all of them are installed. */
export function findWebkit(): Programs | null {
  const find = (name: string) => findProgram([name], process.env);
  const [driver, display] = [find('WebKitWebDriver'), find('Xvfb')];
  const libraries = ['/usr/lib', ...['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu`)].filter(existsSync);
  const browser = libraries
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'MiniBrowser')))
    .find((path) => path.includes('webkit2gtk') && existsSync(path));
  return driver === null || display === null || browser === undefined ? null : { driver, browser, display };
}

/** One page in WebKitGTK, driven by the W3C WebDriver protocol. */
export interface WebkitPage {
  open(url: string): Promise<void>;
  /** The colour, `#rrggbb`, that a person sees at this point right now. */
  colourAt(x: number, y: number): Promise<string>;
  close(): Promise<void>;
}

/** The browser decodes its own screenshot. */
const COLOUR_AT = `
  const [shot, x, y, done] = arguments;
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const rgb = [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
    done('#' + rgb.map((part) => part.toString(16).padStart(2, '0')).join(''));
  };
  image.src = 'data:image/png;base64,' + shot;`;

export async function launchWebkit({ driver, browser, display }: Programs): Promise<WebkitPage> {
  const running: ChildProcess[] = [];
  const stop = () => {
    for (const child of running.toReversed()) child.kill('SIGKILL');
  };
  try {
    const screen = spawn(display, ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    running.push(screen);
    const [number] = await once(screen.stdio[3] as NodeJS.ReadableStream, 'data');
    const port = await freePort();
    const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
    running.push(spawn(driver, [`--port=${port}`], { stdio: 'ignore', env }));

    async function command(method: string, path: string, body?: object) {
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const { value } = (await (await fetch(`http://127.0.0.1:${port}${path}`, { method, ...content })).json()) as {
        // biome-ignore lint/suspicious/noExplicitAny: each command has its own
        value: any;
      };
      if (value?.error !== undefined) throw new Error(`WebDriver ${method} ${path}: ${value.error}, ${value.message}`);
      return value;
    }

    const capabilities = {
      alwaysMatch: {
        pageLoadStrategy: 'none',
        'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
      },
    };
    while ((await command('GET', '/status').catch(() => null)) === null) await new Promise(setImmediate);
    const { sessionId } = await command('POST', '/session', { capabilities });
    const session = `/session/${sessionId}`;
    return {
      open: (url) => command('POST', `${session}/url`, { url }),
      async colourAt(x, y) {
        const shot = await command('GET', `${session}/screenshot`);
        return command('POST', `${session}/execute/async`, { script: COLOUR_AT, args: [shot, x, y] });
      },
      async close() {
        await command('DELETE', session).catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
