import { createClient as createWebSocketClient, type ExecutionResult } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const PREVIEW = `query ($template: String!, $args: JSONObject) {
  renderTemplate(template: $template, args: $args) {
    svg warnings steps microseconds errors { message line column limit used allowed }
  }
}`;

async function overHttp(variables: object) {
  const { status, data, errors = [] } = await setup.anonymous(PREVIEW, variables);
  expect(status).toBe(200);
  return { result: data?.renderTemplate, codes: errors.map(({ extensions }) => extensions.code) };
}

async function overWebSocket(variables: Record<string, unknown>) {
  const client = createWebSocketClient({ url: setup.server.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  onTestFinished(() => client.dispose());
  const answers: ExecutionResult<Record<string, unknown>>[] = [];
  for await (const answer of client.iterate<Record<string, unknown>>({ query: PREVIEW, variables })) {
    answers.push(answer as ExecutionResult<Record<string, unknown>>);
  }
  expect(answers).toHaveLength(1);
  const [{ data, errors = [] } = {}] = answers;
  return { result: data?.renderTemplate, codes: errors.map(({ extensions }) => extensions?.code) };
}

const OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">';
const picture = (inside: string) => `${OPEN}${inside}</svg>`;
const REFUSED = { svg: null, warnings: [], steps: null, microseconds: null };
const NO_LIMIT = { limit: null, used: null, allowed: null };

describe.each([
  ['HTTP', overHttp],
  ['WebSocket', overWebSocket],
])('over %s', (_, preview) => {
  test('a template comes back as its picture, with what it cost', async () => {
    const { result, codes } = await preview({
      template: picture('<text y="9">{{ price }}</text>'),
      args: { price: 42 },
    });
    expect(codes).toEqual([]);
    const measured = { steps: expect.any(Number), microseconds: expect.any(Number) };
    expect(result).toEqual({ svg: picture('<text y="9">42</text>'), warnings: [], errors: [], ...measured });
  });

  test('what is not defined is a warning; without args nothing is', async () => {
    const { result } = await preview({ template: picture('<text y="9">{{ price }}</text>') });
    const warnings = ['"price" is not defined (line 1, column 74)'];
    expect(result).toMatchObject({ svg: picture('<text y="9"></text>'), warnings, errors: [] });
  });

  test('a template that does not parse is an answer that says where', async () => {
    const { result, codes } = await preview({ template: '<svg>\n  {% if %}\n</svg>' });
    const message = expect.stringMatching(/^Line 2, column \d+: /);
    expect({ result, codes }).toEqual({
      result: { ...REFUSED, errors: [{ message, line: 2, column: expect.any(Number), ...NO_LIMIT }] },
      codes: [],
    });
  });

  test('a template past a limit is an answer that says which, and how much it used', async () => {
    const template = picture('\n{% for i in range(10000) %}{% for j in range(10000) %}.{% endfor %}{% endfor %}');
    const { result } = await preview({ template });
    const error = { line: 2, column: expect.any(Number), limit: 'steps', used: expect.any(Number), allowed: 100_000 };
    expect(result).toEqual({ ...REFUSED, errors: [{ message: expect.stringContaining('limit of 100000'), ...error }] });
  });

  test.each([
    ['a template that is too large', { template: picture(' '.repeat(100_000)) }, 'PAYLOAD_TOO_LARGE'],
    ['args that are too large', { template: OPEN, args: { t: 'x'.repeat(100_000) } }, 'PAYLOAD_TOO_LARGE'],
    ['args that nest too deep', { template: OPEN, args: { t: JSON.parse('['.repeat(24) + ']'.repeat(24)) } }],
    ['half a character', { template: picture('\ud800') }],
  ])('%s is an error, for it is refused before it is looked at', async (_what, variables, code = 'BAD_USER_INPUT') => {
    expect((await preview(variables)).codes).toEqual([code]);
  });

  test('any key of the args is data', async () => {
    const args = JSON.parse('{"__proto__":{"n":" too"},"constructor":{"n":"own"}}');
    const { result } = await preview({ template: picture('{{ n }}{{ constructor.n }}{{ __proto__.n }}'), args });
    expect(result).toMatchObject({ svg: picture('own too'), errors: [] });
  });
});

const VARIABLES = `query ($template: String!) {
  renderTemplate(template: $template) {
    variables { name path type default line column fields { path type } items { path fields { path type } } }
    again: variables { name }
    errors { limit }
  }
}`;

test('the variables are told with what a form needs to know', async () => {
  const template = picture(
    '\n{% for p in prices %}<g fill="{{ p.c }}"/>{% endfor %}{{ size | default(12) }}{{ host.load * 2 }}',
  );
  const { data } = await setup.anonymous(VARIABLES, { template });
  const none = { default: null, fields: [], items: null };
  expect(data.renderTemplate.variables).toEqual([
    {
      ...none,
      ...{ name: 'prices', path: 'prices', type: 'LIST', line: 2, column: 13 },
      items: { path: 'prices[]', fields: [{ path: 'prices[].c', type: 'COLOR' }] },
    },
    { ...none, ...{ name: 'size', path: 'size', type: 'NUMBER', default: 12, line: 2, column: 58 } },
    {
      ...none,
      ...{ name: 'host', path: 'host', type: 'OBJECT', line: 2, column: 82 },
      fields: [{ path: 'host.load', type: 'NUMBER' }],
    },
  ]);
  expect(data.renderTemplate.again).toHaveLength(3);
});

test('of a template past a limit the variables are told too, of one that does not parse none', async () => {
  const past = picture('{% for i in range(10001) %}{{ price }}{% endfor %}');
  expect((await setup.anonymous(VARIABLES, { template: past })).data.renderTemplate).toMatchObject({
    variables: [{ name: 'price', type: 'TEXT' }],
    errors: [{ limit: 'range' }],
  });
  const { data, errors } = await setup.anonymous(VARIABLES, { template: '{% if %}' });
  expect([data.renderTemplate.variables, errors]).toEqual([[], undefined]);
});

test('used is null where no number can say it', async () => {
  const { result } = await overHttp({ template: picture('{% for i in range(1 / 0) %}{% endfor %}') });
  expect(result.errors).toMatchObject([{ limit: 'range', used: null, allowed: 10_000 }]);
});

test('the same template and args always cost the same', async () => {
  const variables = { template: picture('{% for i in l %}{{ i }}{% endfor %}'), args: { l: [1, 2, 3] } };
  const costs = [(await overHttp(variables)).result.steps, (await overHttp(variables)).result.steps];
  expect(costs[0]).toBeGreaterThan(3);
  expect(costs[1]).toBe(costs[0]);
});

test('one operation tries a few templates and no more', async () => {
  const fields = (count: number) =>
    Array.from({ length: count }, (_, n) => `f${n}: renderTemplate(template: "<svg/>") { svg }`).join(' ');
  expect((await setup.anonymous(`{ ${fields(4)} }`)).status).toBe(200);
  const { status, errors } = await setup.anonymous(`{ ${fields(5)} }`);
  expect([status, errors?.[0]?.message]).toEqual([400, expect.stringContaining('cost')]);
});
