import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Setting } from '../../src/config/setting.ts';
import { defaultInWords, settingsTable } from '../../src/config/settings.ts';

test('docs/configuration.md holds exactly the table of settings', () => {
  const text = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const documented = text.split('\n').filter((line) => line.startsWith('| `--') || line.startsWith('| none'));
  const built = Object.entries<Setting<unknown>>(settingsTable('/')).map(([name, setting]) => {
    const fallback = typeof setting.fallback === 'string' ? `\`${setting.fallback}\`` : defaultInWords(setting);
    const flag = setting.flag === null ? 'none' : `\`--${setting.flag}\``;
    const cells = [flag, `\`${setting.env}\``, `\`${name}\``, fallback, setting.accepts];
    return `| ${[...cells, setting.meaning].join(' | ')} |`;
  });
  expect(documented).toEqual(built);
});

test('no two settings share a flag or a variable', () => {
  const entries = Object.values<Setting<unknown>>(settingsTable('/'));
  const flags = entries.flatMap(({ flag }) => flag ?? []);
  expect(new Set(flags).size).toBe(flags.length);
  expect(new Set(entries.map(({ env }) => env)).size).toBe(entries.length);
});
