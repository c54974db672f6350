import type { Browser } from 'playwright-core';
import { openPage } from './drawing.ts';
import { EXAMPLES, render, type Theme } from './examples.ts';

/** What stands side by side, and in it what stands one below the other. */
const ROWS = [
  [['banner'], ['countdown']],
  [['line-chart'], ['price-ticker', 'now-playing', 'badge']],
  [['server-monitor'], ['status-board'], ['gauge']],
  [['bar-race'], ['clock'], ['weather']],
  [['pipeline'], ['sparkline-card'], ['progress-ring']],
];

/** The whole gallery on one picture, as PNG. */
export async function drawContactSheet(browser: Browser, theme: Theme): Promise<Buffer> {
  const page = await openPage(browser);
  const pictures = new Map(
    EXAMPLES.filter((example) => example.theme === theme).map(({ id, template, args }) => {
      return [id, render(template, args).svg];
    }),
  );
  const columns = ROWS.map((row) => row.map((ids) => `<div>${ids.map((id) => pictures.get(id)).join('')}</div>`));
  await page.setContent(`<style>
    body { margin: 0; padding: 32px; background: ${theme === 'dark' ? '#020617' : '#f1f5f9'}; width: max-content }
    section { display: flex; gap: 24px; margin-bottom: 24px }
    div { display: flex; flex-direction: column; gap: 24px }
    svg { flex: none }
  </style>${columns.map((row) => `<section>${row.join('')}</section>`).join('')}`);
  return page.locator('body').screenshot();
}
