import { type Browser, launch } from 'puppeteer-core';
import { findFirefox, inCi } from '../../scripts/test-needs.mjs';

/** For `describe.skipIf(!firefoxAvailable)`. Always true in CI, where a missing browser has to fail. */
export const firefoxAvailable: boolean = inCi(process.env) || findFirefox(process.env) !== null;

/**
 * A fresh headless Firefox with its own profile, driven by WebDriver BiDi; the caller closes it. Playwright drives only a
 * Firefox that was built for it.
 */
export async function launchFirefox(): Promise<Browser> {
  const executablePath = findFirefox(process.env);
  if (executablePath === null) throw new Error('There is no Firefox here. Run: npm run setup');
  return launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: {
      // The browser talks to the test's servers and to nobody else.
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'browser.region.network.url': '',
    },
  });
}
