// Renders openapi.json as forms that ask the server. Whatever the document or an answer says goes in as text.

const SHOWN_HEADERS = ['etag', 'allow', 'retry-after', 'www-authenticate', 'cache-control'];
const REFERENCE = /^#\/components\/(\w+)\/(\w+)$/;

const root = document.querySelector('[data-openapi]');
const tokenInput = document.querySelector('[data-token]');
let api;

/** The token is remembered for this tab of the browser, and where it allows even that. */
const TOKEN_KEY = 'api-docs-token';
function setToken(token) {
  tokenInput.value = token;
  try {
    sessionStorage.setItem(TOKEN_KEY, token);
  } catch {}
}
try {
  tokenInput.value = sessionStorage.getItem(TOKEN_KEY) ?? '';
} catch {}
tokenInput.addEventListener('input', () => setToken(tokenInput.value));

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A text in which code stands between backticks. */
function prose(text) {
  return text.split('`').map((part, at) => (at % 2 === 1 ? element('code', { textContent: part }) : part));
}

function resolved(node) {
  const [, kind, key] = REFERENCE.exec(node.$ref ?? '') ?? [];
  return kind === undefined ? node : api.components[kind][key];
}

function jsonSchema({ content = {} }) {
  return content['application/json']?.schema ?? null;
}

/** What a form begins with: every field that has an example or must be there. */
function example(schema) {
  if (schema.examples !== undefined) return schema.examples[0];
  const properties = Object.entries(schema.properties ?? {});
  const shown = properties.filter(([name, { examples }]) => examples || schema.required?.includes(name));
  return Object.fromEntries(shown.map(([name, property]) => [name, example(property)]));
}

function typeOf(schema) {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `array of ${typeOf(schema.items)}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  return [schema.format ?? schema.type].flat().join(' or ');
}

function fieldList(schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const facts = [
      typeOf(field),
      schema.required?.includes(name) ? 'required' : 'optional',
      field.default === undefined ? '' : `default ${JSON.stringify(field.default)}`,
      field.minimum === undefined ? '' : `at least ${field.minimum}`,
      field.maximum === undefined ? '' : `at most ${field.maximum}`,
      field.deprecated ? 'deprecated' : '',
    ].filter((fact) => fact !== '');
    const words = [facts.join(', '), field.description ?? ''].filter((part) => part !== '').join('. ');
    return [element('dt', {}, element('code', { textContent: name })), element('dd', {}, ...prose(words))];
  });
  return element('dl', { className: 'fields' }, ...rows.flat());
}

function inputFor(parameter, id) {
  const { name, required, description } = parameter;
  const input = element('input', {
    ...{ id, name, required, className: 'input', autocomplete: 'off', value: parameter.example ?? '' },
  });
  input.spellcheck = false;
  const hint = element('span', { className: 'muted' }, ' ', ...prose(description));
  const label = element('label', { htmlFor: id }, element('code', { textContent: name }), hint);
  return { parameter, input, row: element('div', { className: 'field' }, label, input) };
}

function answerTable(responses) {
  const rows = Object.entries(responses).map(([status, reference]) => {
    const response = resolved(reference);
    const schema = reference.$ref === undefined ? jsonSchema(response) : null;
    const fields = schema === null ? [] : [fieldList(schema)];
    return element(
      'tr',
      {},
      element('td', {}, element('b', { textContent: status })),
      element('td', {}, ...prose(response.description), ...fields),
    );
  });
  return element('div', { className: 'table' }, element('table', {}, element('tbody', {}, ...rows)));
}

function requestOf(path, method, security, inputs, body) {
  const headers = new Headers();
  const query = new URLSearchParams();
  let filled = path;
  for (const { parameter, input } of inputs) {
    const { name } = parameter;
    if (parameter.in === 'path') filled = filled.replace(`{${name}}`, () => encodeURIComponent(input.value));
    else if (input.value !== '' && parameter.in === 'query') query.set(name, input.value);
    else if (input.value !== '') headers.set(name, input.value);
  }
  if (body !== null) headers.set('content-type', 'application/json');
  if (security.length > 0 && tokenInput.value !== '') headers.set('authorization', `Bearer ${tokenInput.value}`);
  const search = query.size === 0 ? '' : `?${query}`;
  return { url: filled + search, options: { method, headers, ...(body === null ? {} : { body: body.value }) } };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function ask({ url, options }, output) {
  const response = await fetch(url, options);
  const text = await response.text();
  const headers = SHOWN_HEADERS.filter((name) => response.headers.has(name));
  const head = [`${response.status} ${response.statusText}`.trim()];
  for (const name of headers) head.push(`${name}: ${response.headers.get(name)}`);
  const shown = element('pre', { textContent: [...head, '', pretty(text)].join('\n').trimEnd() });
  output.replaceChildren(element('div', { className: 'snippet' }, shown));
  const token = response.ok && url.endsWith('/auth/token') ? JSON.parse(text).token : undefined;
  if (token !== undefined) setToken(token);
}

/** A stream never ends, so it is shown where streams belong. What is no picture is fetched to be read. */
function show(request, output) {
  const image = element('img', { alt: 'The answer', src: request.url });
  image.addEventListener('error', () => ask(request, output));
  output.replaceChildren(element('div', { className: 'picture' }, image));
}

function operationForm(path, method, operation) {
  const { operationId, parameters = [], requestBody, responses, security, summary } = operation;
  const inputs = parameters.map((parameter) => inputFor(parameter, `${operationId}-${parameter.name}`));
  const schema = requestBody === undefined ? null : jsonSchema(requestBody);
  const body =
    schema && element('textarea', { id: `${operationId}-body`, className: 'input', rows: 7, spellcheck: false });
  if (body) body.value = JSON.stringify(example(schema), null, 2);
  const bodyLabel = body && element('label', { htmlFor: body.id, textContent: 'Body' });
  const output = element('div', { className: 'answer', role: 'status' });
  const types = Object.keys(responses[200]?.content ?? {});
  const isPicture = types.some((type) => /^(?:image|multipart)\//.test(type));

  const form = element(
    'form',
    {},
    ...inputs.map(({ row }) => row),
    ...(body ? [element('div', { className: 'field' }, bodyLabel, body), fieldList(schema)] : []),
    element('button', { className: 'button', type: 'submit', textContent: 'Send' }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const request = requestOf(path, method.toUpperCase(), security, inputs, body);
    if (isPicture) show(request, output);
    else {
      ask(request, output).catch(() => {
        output.textContent = 'The server cannot be reached.';
      });
    }
  });

  const details = element(
    'details',
    { className: 'operation', id: operationId, open: location.hash === `#${operationId}` },
    element(
      'summary',
      {},
      element('b', { className: `method ${method}`, textContent: method.toUpperCase() }),
      element('code', { textContent: path }),
      element('span', {}, ...prose(summary)),
    ),
    form,
    output,
    element('h3', { textContent: 'Answers' }),
    answerTable(responses),
  );
  addEventListener('hashchange', () => {
    if (location.hash === `#${operationId}`) details.open = true;
  });
  // A closed one watches no stream.
  details.addEventListener('toggle', () => {
    if (!details.open) output.replaceChildren();
  });
  return details;
}

async function render() {
  api = await (await fetch(root.dataset.openapi)).json();
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

  root.replaceChildren(
    ...api.tags.map(({ name, description }) => {
      const own = operations.filter(({ operation }) => operation.tags.includes(name));
      const heading = element('h2', { textContent: name });
      const words = element('p', { className: 'muted', textContent: description });
      const forms = own.map(({ path, method, operation }) => operationForm(path, method, operation));
      return element('section', {}, heading, words, ...forms);
    }),
  );
  document.querySelector('[data-with-script]').hidden = false;
}

render().catch(() => {
  root.textContent = 'The list cannot be loaded. Try again shortly.';
});
