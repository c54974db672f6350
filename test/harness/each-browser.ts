import { type Browser, launch } from 'puppeteer-core';
import { chromiumArguments, chromiumAvailable, chromiumPath } from './chromium.ts';
import { firefoxAvailable, launchFirefox } from './firefox.ts';

/** Chromium by the driver that drives Firefox too. */
function launchDrivenAlike(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('There is no Chromium here. Run: npm run setup');
  return launch({ browser: 'chrome', executablePath, args: [...chromiumArguments()] });
}

/** For tests that ask the same of each browser. A launched one is closed by the caller. */
export const EACH_BROWSER = [
  { browser: 'Chromium', available: chromiumAvailable, launch: launchDrivenAlike },
  { browser: 'Firefox', available: firefoxAvailable, launch: launchFirefox },
] as const;
