import { type Browser, chromium } from 'playwright-core';
import { findChromium, inCi } from '../../scripts/test-needs.mjs';

/** Where the browser is; null: there is none on this machine. `CHROMIUM_PATH` overrides the search. */
export function chromiumPath(): string | null {
  return findChromium(process.env);
}

/** For `describe.skipIf(!chromiumAvailable)`. Always true in CI, where a missing browser has to fail. */
export const chromiumAvailable: boolean = inCi(process.env) || chromiumPath() !== null;

/** How it is started in tests, whoever drives it. */
export function chromiumArguments(): readonly string[] {
  return [
    // The browser talks to the test's servers and to nobody else.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    // As root, as in most containers, Chromium refuses to start with its sandbox; /dev/shm has 64 MB there.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
  ];
}

/** A fresh headless browser with its own profile; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('There is no Chromium here. Run: npm run setup');
  return chromium.launch({
    executablePath,
    args: [...chromiumArguments()],
  });
}
