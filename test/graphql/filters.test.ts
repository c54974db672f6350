import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

interface Listed {
  readonly name: string;
  readonly parameters: readonly string[];
}

async function listed(): Promise<readonly Listed[]> {
  const { data, codes } = await setup.anonymous('{ filters { name parameters } }');
  expect(codes).toEqual([]);
  return data.filters;
}

test('every filter that is listed can be called, by the names of its arguments; one that is not cannot', async () => {
  const filters = await listed();
  const names = filters.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  expect(names).toEqual(expect.arrayContaining(['upper', 'default', 'sparkline', 'join']));
  const problems = async (filter: string) => {
    const template = `<svg xmlns="http://www.w3.org/2000/svg">{% if none %}{{ x | ${filter} }}{% endif %}</svg>`;
    const { data } = await setup.anonymous(
      'query ($template: String!) { renderTemplate(template: $template) { errors { message } } }',
      { template },
    );
    return (data.renderTemplate.errors as { message: string }[]).map(({ message }) => message);
  };
  for (const name of names) expect(await problems(name), name).toEqual([]);
  expect(await problems('sparkling')).toEqual([expect.stringContaining('sparkl')]);
});

test('the filters for pictures are those of docs/filters.md, with the arguments that stand there', async () => {
  const byName = new Map((await listed()).map(({ name, parameters }) => [name, parameters]));
  const signatures = [...readFileSync('docs/filters.md', 'utf8').matchAll(/^`[^`|]+\| (\w+)(?:\(([^`]*)\))?`$/gm)];
  expect(signatures.length).toBeGreaterThan(20);
  for (const [, name = '', inside = ''] of signatures) {
    const documented = inside.split(/,\s*(?=\w+(?:[=,]|$))/).map((part) => part.split('=')[0]?.trim() ?? '');
    expect(byName.get(name), name).toEqual(documented.filter((part) => part !== ''));
  }
});
