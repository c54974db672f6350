import { beforeAll, expect, test } from 'vitest';
import { ask, onTwoNodes, signIn } from '../auth/nodes.ts';
import { createClient } from '../graphql/client.ts';
import { WATCH } from '../graphql/event-stream-client.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';
import { type Asked, createPicture, openEvents, openSocket, update, wholeAnswer } from './private-picture.ts';

const FORGED = `rsvv_${'a'.repeat(16)}...${'A'.repeat(43)}`;

const graphql = (query: string, accept = 'application/json'): Omit<Asked, 'headers'> & { readonly accept: string } => ({
  ...{ method: 'POST', path: '/graphql', body: JSON.stringify({ query }), accept },
});

/** All that somebody can ask about the session of that name. */
function questions(name: string): readonly (Asked & { readonly accept?: string })[] {
  const id = `alice/${name}`;
  const own = `/api/user/alice/session/${name}`;
  const args = JSON.stringify({ args: { n: 9 } });
  const source = JSON.stringify({ session_id: name, template: TEXT_TEMPLATE, args: {} });
  return [
    ...[
      `/stream/${id}?as_bot=true`,
      `/snapshot/${id}`,
      `/snapshot/${id}.svg`,
      `/live/${id}`,
      `/session/${id}`,
      `/sse/${id}`,
    ].map((path) => ({ path })),
    { path: `/edit/${id}` },
    { path: `/stream/${id}`, accept: 'text/html' },
    { method: 'HEAD', path: `/stream/${id}` },
    ...['snapshot', 'sse'].map((way) => ({ method: 'HEAD', path: `/${way}/${id}` })),
    ...['stream', 'snapshot', 'live', 'sse']
      .map((way) => `/${way}/${id}`)
      .map((path) => ({ path: `${path}?view=${FORGED}` })),
    { path: own },
    { method: 'PUT', path: own, body: args },
    { method: 'PATCH', path: own, body: args },
    { method: 'DELETE', path: own },
    { method: 'POST', path: '/api/user/alice/session', body: source },
    { path: '/api/user/alice/sessions' },
    graphql(`{ session(id: "${id}") { id version visibility viewLinks { id } frame { svg } } }`),
    graphql(`{ sessions(search: "${name}", owner: "alice") { edges { node { id } } } }`),
    graphql(`mutation { updateSession(input: {id: "${id}", args: {n: 9}}) { version } }`),
    graphql(`mutation { updateSession(input: {id: "${id}", visibility: PUBLIC}) { version } }`),
    graphql(`mutation { deleteSession(id: "${id}") }`),
    graphql(`mutation { createViewLink(sessionId: "${id}") { url } }`),
    graphql(`mutation { revokeViewLink(sessionId: "${id}", id: "x") }`),
    graphql(WATCH.replace(/\(\$id.*?\)/, '').replace('$id, after: $after', `"${id}"`), 'text/event-stream'),
  ];
}

onTwoNodes('a private session', {}, (nodes) => {
  let alice: string;
  let bob: string;
  let pushOnly: string;
  beforeAll(async () => {
    alice = (await signIn(nodes.one, 'alice')).accessToken;
    bob = (await signIn(nodes.one, 'bob')).accessToken;
    const made = await ask(
      nodes.one,
      'mutation { createApiKey(name: "k", scopes: ["push:alice/other"]) { secret } }',
      alice,
    );
    pushOnly = made.createApiKey.secret;
  });

  test('looks to all others, whatever they ask and however often, like one that does not exist', async () => {
    await createPicture(nodes.one, alice, 'hidden');
    for (const token of [undefined, bob, pushOnly]) {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      for (const [n, { accept, ...absent }] of questions('absent').entries()) {
        const headers = { ...authorization, ...(accept === undefined ? {} : { accept }) };
        const there = questions('hidden')[n] as Asked;
        for (const app of [nodes.one, nodes.two]) {
          const expected = (await wholeAnswer(app, { ...absent, headers })).replaceAll('absent', 'hidden');
          expect(await wholeAnswer(app, { ...there, headers }), `${there.method} ${there.path} ${there.body}`).toBe(
            expected,
          );
        }
      }
      const [shown, none] = [
        await openSocket(nodes.two, 'alice/hidden', token),
        await openSocket(nodes.two, 'alice/absent', token),
      ];
      const message = await shown.next();
      expect(message).toContain('NOT_FOUND');
      expect(message).toBe((await none.next()).replaceAll('absent', 'hidden'));
    }
    expect(await update(nodes.one, alice, 'alice/hidden', 'args: {n: 2}')).toBe(2);
  });

  test('is no more told from one that does not exist by what becomes of one who tries refused tokens', async () => {
    await createPicture(nodes.one, alice, 'counted');
    const made = await ask(nodes.one, 'mutation { createApiKey(name: "k") { secret apiKey { id } } }', bob);
    await ask(nodes.one, `mutation { revokeApiKey(id: "${made.createApiKey.apiKey.id}") }`, bob);
    const authorization = { authorization: `Bearer ${made.createApiKey.secret}` };
    const refusals = async () => {
      const { text } = await call(nodes.one.url, 'GET', '/metrics');
      return Number(/security_events_total\{event="token.refused"\} (\d+)/.exec(text)?.[1] ?? 0);
    };
    const before = await refusals();
    for (const path of ['/snapshot/alice/counted', '/snapshot/alice/absent', '/sse/alice/absent']) {
      const seen = await refusals();
      expect((await call(nodes.one.url, 'GET', path, undefined, authorization)).status).toBe(404);
      expect(await refusals(), path).toBe(seen + 1);
    }
    expect(await refusals()).toBe(before + 3);
  });

  test('is seen by its owner on every route that takes a token, and nobody may keep the answer', async () => {
    const id = (await createPicture(nodes.one, alice, 'mine')).id;
    const authorization = { authorization: `Bearer ${alice}` };
    const shown = await call(nodes.two.url, 'GET', '/api/user/alice/session/mine', undefined, authorization);
    expect(shown.body).toEqual({ session_id: 'mine', template: TEXT_TEMPLATE, args: { n: 1 }, visibility: 'PRIVATE' });
    const list = await call(nodes.two.url, 'GET', '/api/user/alice/sessions', undefined, authorization);
    expect(list.body.items).toContainEqual(expect.objectContaining({ session_id: 'mine', visibility: 'PRIVATE' }));
    const snapshot = await call(nodes.two.url, 'GET', '/snapshot/alice/mine.svg', undefined, authorization);
    expect(snapshot.text).toContain('>1<');
    const query = `{ session(id: "${id}") { visibility template frame { svg } viewLinks { id } } }`;
    const read = await createClient(`${nodes.two.url}/graphql`, alice)(query);
    expect(read.data.session).toMatchObject({ visibility: 'PRIVATE', template: TEXT_TEMPLATE, viewLinks: [] });
    for (const { headers } of [shown, list, snapshot, read])
      expect(headers.get('cache-control')).toBe('private, no-store');

    const image = await readMultipart(nodes.two.port, `/stream/${id}`, [`Authorization: Bearer ${alice}`]);
    expect(image.head).toMatch(/^cache-control: private, no-store\b/im);
    const events = await openEvents(nodes.two, id, alice);
    expect(events.headers['cache-control']).toBe('private, no-store');
    const socket = await openSocket(nodes.two, id, alice);
    await update(nodes.one, alice, id, 'args: {n: 2}');
    await image.until('>2<');
    for (const { next } of [events, socket]) while (!(await next()).includes('>2<'));
  });

  test('ends a stream that the token alone opened when the token ends', async () => {
    const id = (await createPicture(nodes.one, alice, 'while-signed-in')).id;
    const { accessToken } = await signIn(nodes.one, 'alice');
    const image = await readMultipart(nodes.two.port, `/stream/${id}`, [`Authorization: Bearer ${accessToken}`]);
    await image.until('>1<');
    await ask(nodes.one, 'mutation { signOut }', accessToken);
    expect(await image.next()).toContain('<svg xmlns="http://www.w3.org/2000/svg"/>');
    expect(await image.ended).toBe('clean');
  });

  test('that was public shows nothing new to those who watched it, and ends them; the owner goes on', async () => {
    const id = (await createPicture(nodes.one, alice, 'turned', 'visibility: PUBLIC')).id;
    const strangers = [];
    const owners = [];
    for (const app of [nodes.one, nodes.two]) {
      const image = await readMultipart(app.port, `/stream/${id}?fps=120`, app === nodes.one ? [] : AS_AN_IMAGE);
      await image.until('>1<');
      const others = [await openEvents(app, id), await openSocket(app, id, bob)];
      strangers.push({ image, others });
      owners.push(await openEvents(app, id, alice), await openSocket(app, id, alice));
      for (const { next } of [...others, ...owners.slice(-2)]) expect(await next()).toContain('>1<');
    }
    await update(nodes.one, alice, id, 'visibility: PRIVATE, args: {n: "secret"}');
    for (const { next } of owners) expect(await next()).toContain('>secret<');
    for (const { image, others } of strangers) {
      // Browsers would go on showing the last picture.
      expect(await image.next()).toContain('<svg xmlns="http://www.w3.org/2000/svg"/>');
      expect(await image.next()).toBeNull();
      expect(await image.ended).toBe('clean');
      expect(image.raw()).not.toContain('secret');
      for (const { next } of others) expect(await next()).toMatch(/"complete"/);
    }
    const gone = await call(nodes.two.url, 'GET', `/snapshot/${id}`);
    expect([gone.status, gone.body.code]).toEqual([404, 'NOT_FOUND']);

    await update(nodes.two, alice, id, 'visibility: PUBLIC');
    expect((await call(nodes.one.url, 'GET', `/snapshot/${id}`)).text).toContain('>secret<');
    const again = await readMultipart(nodes.one.port, `/stream/${id}`);
    await again.until('>secret<');
  });

  test('that turns public with another picture shows nobody the one before, however early they come', async () => {
    const id = (await createPicture(nodes.one, alice, 'unveiled')).id;
    for (let round = 0; round < 8; round += 1) {
      await update(nodes.one, alice, id, `visibility: PRIVATE, args: {n: "secret${round}"}`);
      // One who is watching keeps the picture at hand on this node.
      const owner = await openEvents(nodes.two, id, alice);
      while (!(await owner.next()).includes(`>secret${round}<`));
      const turning = update(nodes.one, alice, id, 'visibility: PUBLIC, args: {n: "open"}');
      const comers = [nodes.one, nodes.two].flatMap(({ port }) =>
        Array.from({ length: 4 }, async () => {
          for (;;) {
            const image = await readMultipart(port, `/stream/${id}?fps=120`);
            if (/^HTTP\/1.1 200/.test(image.head)) return image;
          }
        }),
      );
      await turning;
      for (const image of await Promise.all(comers)) {
        await image.until('>open<');
        expect(image.raw()).not.toContain('secret');
      }
    }
  });

  test('is made, replaced and turned over REST, and a body that says nothing of it leaves it as it stands', async () => {
    const authorization = { authorization: `Bearer ${alice}` };
    const post = (rest: object) => {
      const body = { session_id: 'by-rest', template: TEXT_TEMPLATE, args: { n: 1 }, ...rest };
      return call(nodes.one.url, 'POST', '/api/user/alice/session', body, authorization);
    };
    const seen = async () => (await call(nodes.two.url, 'GET', '/snapshot/alice/by-rest')).status;
    expect((await post({ visibility: 'PRIVATE' })).body).toEqual({
      ...{ user_id: 'alice', session_id: 'by-rest', expires_at: null, visibility: 'PRIVATE' },
    });
    expect(await seen()).toBe(404);
    expect((await post({})).body.visibility).toBe('PRIVATE');
    expect(await seen()).toBe(404);
    expect((await post({ visibility: 'PUBLIC' })).body).toEqual({
      ...{ user_id: 'alice', session_id: 'by-rest', expires_at: null },
    });
    expect(await seen()).toBe(200);
    expect((await post({ visibility: 'SECRET' })).status).toBe(422);
    // What was ignored here would be believed to be hidden.
    for (const method of ['PUT', 'PATCH']) {
      const change = { args: { n: 2 }, visibility: 'PRIVATE' };
      const path = '/api/user/alice/session/by-rest';
      const { status, body } = await call(nodes.one.url, method, path, change, authorization);
      expect([status, body.error]).toEqual([422, expect.stringContaining('"visibility" is changed by POST')]);
    }
    const nobodys = { session_id: 'ownerless', template: TEXT_TEMPLATE, args: { n: 1 }, visibility: 'PRIVATE' };
    expect((await call(nodes.one.url, 'POST', '/api/session', nobodys)).status).toBe(422);
  });

  test('belongs to somebody: an ownerless one is refused to be private, in words', async () => {
    const input = `name: "nobodys", template: ${JSON.stringify(TEXT_TEMPLATE)}, public: true`;
    const client = createClient(`${nodes.one.url}/graphql`);
    const create = await client(`mutation { createSession(input: {${input}, visibility: PRIVATE}) { id } }`);
    expect([create.codes, create.errors?.[0]?.message]).toEqual([
      ['BAD_USER_INPUT'],
      expect.stringContaining('nobody'),
    ]);
    await client(`mutation { createSession(input: {${input}, visibility: PUBLIC}) { id } }`);
    const turn = await client('mutation { updateSession(input: {id: "nobodys", visibility: PRIVATE}) { id } }');
    expect([turn.codes, turn.errors?.[0]?.message]).toEqual([['BAD_USER_INPUT'], expect.stringContaining('nobody')]);
    const signedIn = createClient(`${nodes.one.url}/graphql`, alice);
    expect((await signedIn('mutation { createViewLink(sessionId: "nobodys") { id } }')).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  test('is pushed to by a key for it, which is not shown it', async () => {
    const id = (await createPicture(nodes.one, alice, 'pushed')).id;
    const key = `mutation { createApiKey(name: "k", scopes: ["push:${id}"]) { secret } }`;
    const { secret } = (await ask(nodes.one, key, alice)).createApiKey;
    expect(await update(nodes.one, secret, id, 'args: {n: 2}')).toBe(2);
    const push = (fields: string) =>
      createClient(
        `${nodes.one.url}/graphql`,
        secret,
      )(`mutation { updateSession(input: {id: "${id}"}) { ${fields} } }`);
    expect((await push('frame { svg }')).codes).toEqual(['NOT_FOUND']);
    expect((await push('version viewLinks { url }')).codes).toEqual(['FORBIDDEN']);
    const read = await createClient(`${nodes.one.url}/graphql`, secret)(`{ session(id: "${id}") { id } }`);
    expect(read.data).toEqual({ session: null });
  });
});
