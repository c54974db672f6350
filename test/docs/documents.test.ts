import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECURITY_EVENTS } from '../../src/auth/audit.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import * as limits from '../../src/graphql/limits.ts';
import { statusOf } from '../../src/http/status.ts';
import { POLICIES } from '../../src/limits/policies.ts';
import { FILTERS } from '../../src/rendering/filters/filters.ts';
import { FUNCTIONS } from '../../src/rendering/functions.ts';
import { TESTS } from '../../src/rendering/tests.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const documents = [
  'README.md',
  'README.ko.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

/** The words in backticks of the list item that begins with this name. */
function listed(document: string, item: string): string[] {
  const [, text = ''] = new RegExp(`- \\*\\*${item}\\*\\*([^*]*?)(?=\\n- |\\n\\n)`).exec(read(document)) ?? [];
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

const numbers = Object.entries(limits).flatMap(([name, value]) =>
  typeof value === 'number' ? [[name, value] as const] : [],
);

describe('the documents', () => {
  it.each([
    ['Filters', FILTERS],
    ['Tests', TESTS],
    ['Functions', FUNCTIONS],
  ])('list exactly the %s that templates have', (item, known) => {
    expect(listed('docs/templates.md', item).sort()).toEqual([...known.keys()].sort());
  });

  it('list exactly the error codes that there are, with their statuses', () => {
    const rows = [...read('docs/http.md').matchAll(/^\| ([A-Z_]+) \| (\d{3})/gm)];
    expect(rows.map(([, code, status]) => [code, Number(status)])).toEqual(
      ERROR_CODES.map((code) => [code, statusOf(code)]),
    );
  });

  it.each(numbers)('name the GraphQL limit %s, %i', (_name, value) => {
    expect(read('docs/graphql.md')).toContain(`| ${value.toLocaleString('en')} |`);
  });

  it('list exactly the rate limits that there are', () => {
    const rows = [...read('docs/operations.md').matchAll(/^\| `(\w+)` \| ([\d,]+) \| (\d+) \| (.+) \| (\d+) \|$/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual(
      Object.entries(POLICIES).map(([name, { points, windowMs, counts, lease }]) => {
        return [name, points.toLocaleString('en'), String(windowMs / 1000), counts, String(lease)];
      }),
    );
  });

  it('list exactly the security events that there are', () => {
    const rows = [...read('docs/operations.md').matchAll(/^\| `([a-z.-]+)` \| [^|]+ \|$/gm)];
    expect(rows.map(([, event]) => event)).toEqual([...SECURITY_EVENTS]);
  });

  it('give the test command that CI runs', () => {
    const [, command = ''] = /\n\n(npm ci .*)\n/.exec(read('.ci/run')) ?? [];
    expect(read('README.md')).toContain(`\`\`\`sh\n${command}\n\`\`\``);
    expect(read('CONTRIBUTING.md')).toContain(`\`\`\`sh\n${command}\n\`\`\``);
  });

  it.each(documents)('%s links only to what is there', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    for (const link of links.filter((link) => !link.startsWith('http'))) {
      expect(() => readFileSync(normalize(join(dirname(document), link))), link).not.toThrow();
    }
  });
});
