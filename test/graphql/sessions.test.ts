import { describe, expect, test } from 'vitest';
import { CREATE, DELETE, TEMPLATE, UPDATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const READ = '{ session(id: "alice/chart") { version args template } }';

describe('createSession', () => {
  test('answers with the whole session, its first frame included', async () => {
    const alice = await setup.as('alice');
    const { status, data, errors } = await alice(CREATE, {
      input: { name: 'whole', template: TEMPLATE, args: { price: 42 }, ttlSeconds: 60 },
    });
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    const { createdAt, updatedAt, expiresAt, frame, ...session } = data.createSession;
    expect(session).toEqual({
      id: 'alice/whole',
      name: 'whole',
      owner: { id: 'alice' },
      template: TEMPLATE,
      args: { price: 42 },
      version: 1,
      streamUrl: `http://127.0.0.1:${setup.server.port}/stream/alice/whole`,
      warnings: [],
    });
    expect(updatedAt).toBe(createdAt);
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(60_000);
    expect(frame).toEqual({
      sessionId: 'alice/whole',
      version: 1,
      etag: expect.stringMatching(/^[\w-]+\.1$/),
      svg: TEMPLATE.replace('{{ price }}', '42'),
      renderedAt: createdAt,
    });
  });

  test('makes up a name, keeps an owned session for ever and a public one for a day', async () => {
    const input = { template: TEMPLATE };
    const owned = (await (await setup.as('alice'))(CREATE, { input })).data.createSession;
    expect(owned).toMatchObject({ name: expect.stringMatching(/^[a-z0-9]{16}$/), args: {}, expiresAt: null });
    expect(owned.warnings).toHaveLength(1);

    const open = (await setup.anonymous(CREATE, { input: { ...input, public: true } })).data.createSession;
    expect(open).toMatchObject({ owner: null, id: open.name });
    expect(Date.parse(open.expiresAt) - Date.parse(open.createdAt)).toBe(86_400_000);
  });

  test.each([
    ['a name with a slash', { name: 'a/b' }, 'BAD_USER_INPUT'],
    ['an empty name', { name: ' ' }, 'BAD_USER_INPUT'],
    ['a time to live of 0 s', { ttlSeconds: 0 }, 'BAD_USER_INPUT'],
    ['args that are a list', { args: [1] }, 'BAD_USER_INPUT'],
    ['args that are too deep', { args: JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`) }, 'BAD_USER_INPUT'],
    ['args beyond the limit', { args: { a: 'x'.repeat(100_000) } }, 'PAYLOAD_TOO_LARGE'],
    ['a template beyond the limit', { template: ' '.repeat(100_001) }, 'PAYLOAD_TOO_LARGE'],
    ['a template that is no SVG', { template: '<p>no</p>' }, 'TEMPLATE_ERROR'],
  ])('refuses %s', async (_what, input, code) => {
    const alice = await setup.as('alice');
    const { codes } = await alice(CREATE, { input: { name: 'refused', template: TEMPLATE, ...input } });
    expect(codes).toEqual([code]);
    expect((await alice('{ session(id: "alice/refused") { id } }')).data).toEqual({ session: null });
  });

  test('says where the template is wrong', async () => {
    const template = '<svg xmlns="http://www.w3.org/2000/svg">\n  {% if %}\n</svg>';
    const { errors } = await (await setup.as('alice'))(CREATE, { input: { template } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'TEMPLATE_ERROR', line: 2, column: expect.any(Number) });
  });

  test('answers CONFLICT to a name that is taken', async () => {
    const alice = await setup.as('alice');
    const input = { name: 'taken', template: TEMPLATE };
    await alice(CREATE, { input });
    expect((await alice(CREATE, { input })).codes).toEqual(['CONFLICT']);
    expect((await (await setup.as('bob'))(CREATE, { input })).data.createSession.id).toBe('bob/taken');
  });

  test('takes null for absent', async () => {
    const input = { name: null, template: TEMPLATE, args: null, ttlSeconds: null, public: null };
    const { data } = await (await setup.as('alice'))(CREATE, { input });
    expect(data.createSession).toMatchObject({ args: {}, expiresAt: null, owner: { id: 'alice' } });
  });
});

describe('updateSession', () => {
  test('replaces args, merges a patch and changes the template, one version each', async () => {
    const alice = await setup.as('alice');
    await alice(CREATE, { input: { name: 'chart', template: TEMPLATE, args: { price: 1, note: 'x' } } });
    const id = 'alice/chart';

    const patched = await alice(UPDATE, { input: { id, patch: { price: 2, note: null } } });
    expect(patched.data.updateSession).toMatchObject({ version: 2, args: { price: 2 } });
    const replaced = await alice(UPDATE, { input: { id, args: { other: 3 } } });
    expect(replaced.data.updateSession).toMatchObject({ version: 3, args: { other: 3 } });
    const template = TEMPLATE.replace('price', 'other');
    const rewritten = await alice(UPDATE, { input: { id, template } });
    expect(rewritten.data.updateSession).toMatchObject({
      ...{ version: 4, template },
      frame: { version: 4, svg: expect.stringContaining('>3</text>') },
    });
  });

  test.each([
    ['args and patch at once', { args: {}, patch: {} }, 'BAD_USER_INPUT'],
    ['a version that is not the current one', { args: {}, ifVersion: 99 }, 'CONFLICT'],
    ['a template that does not parse', { template: '<svg>{% if %}' }, 'TEMPLATE_ERROR'],
    ['a time to live of eleven years', { ttlSeconds: 347_133_600 }, 'BAD_USER_INPUT'],
  ])('refuses %s and changes nothing', async (_what, change, code) => {
    const alice = await setup.as('alice');
    const before = (await alice(READ)).data;
    expect((await alice(UPDATE, { input: { id: 'alice/chart', ...change } })).codes).toEqual([code]);
    expect((await alice(READ)).data).toEqual(before);
  });

  test('goes through when `ifVersion` holds', async () => {
    const alice = await setup.as('alice');
    const { version } = (await alice(READ)).data.session;
    const { data } = await alice(UPDATE, { input: { id: 'alice/chart', patch: {}, ifVersion: version } });
    expect(data.updateSession.version).toBe(version + 1);
  });

  test('tells an absent time to live from null: the stored one starts again, or the session never expires', async () => {
    const alice = await setup.as('alice');
    const id = 'alice/ttl';
    await alice(CREATE, { input: { name: 'ttl', template: TEMPLATE, ttlSeconds: 100 } });
    const lifetime = async (change: object) => {
      const { updatedAt, expiresAt } = (await alice(UPDATE, { input: { id, ...change } })).data.updateSession;
      return expiresAt && Date.parse(expiresAt) - Date.parse(updatedAt);
    };
    expect(await lifetime({})).toBe(100_000);
    expect(await lifetime({ ttlSeconds: 200 })).toBe(200_000);
    expect(await lifetime({ args: {} })).toBe(200_000);
    expect(await lifetime({ ttlSeconds: null })).toBeNull();
    expect(await lifetime({ args: {} })).toBeNull();
  });

  test('answers NOT_FOUND without a session', async () => {
    const { codes } = await (await setup.as('alice'))(UPDATE, { input: { id: 'alice/nothing', args: {} } });
    expect(codes).toEqual(['NOT_FOUND']);
  });
});

describe('deleteSession', () => {
  test('ends the session and returns its id', async () => {
    const alice = await setup.as('alice');
    await alice(CREATE, { input: { name: 'gone', template: TEMPLATE } });
    expect((await alice(DELETE, { id: ' alice/gone ' })).data).toEqual({ deleteSession: 'alice/gone' });
    expect((await alice('{ session(id: "alice/gone") { id } }')).data).toEqual({ session: null });
    expect((await alice(DELETE, { id: 'alice/gone' })).codes).toEqual(['NOT_FOUND']);
  });
});

describe('JSONObject', () => {
  test('keeps every key, written into the document or sent as a variable', async () => {
    const alice = await setup.as('alice');
    const text = '{"__proto__": {"a": 1}, "constructor": [1.5, "x", true, null]}';
    const sent = await alice(CREATE, { input: { template: TEMPLATE, args: JSON.parse(text) } });
    expect(JSON.stringify(sent.data.createSession.args)).toBe(JSON.stringify(JSON.parse(text)));

    const written = await alice(
      `mutation ($template: String!, $x: String!, $missing: Int) {
        createSession(input: { template: $template, args: {
          __proto__: { a: 1, left: $missing }, constructor: [1.5, $x, true, null]
        } }) { args }
      }`,
      { template: TEMPLATE, x: 'x' },
    );
    expect(written.errors).toBeUndefined();
    expect(JSON.stringify(written.data.createSession.args)).toBe(JSON.stringify(JSON.parse(text)));
  });

  test.each(['[1]', '"text"', '5', 'true', '{ a: ENUM }', '{ a: [{ b: ENUM }] }'])('refuses %s', async (literal) => {
    const alice = await setup.as('alice');
    const query = `mutation { updateSession(input: { id: "alice/chart", args: ${literal} }) { id } }`;
    const { status, codes } = await alice(query);
    expect({ status, codes }).toEqual({ status: 400, codes: ['BAD_USER_INPUT'] });
  });
});
