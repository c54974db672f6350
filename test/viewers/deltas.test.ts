import { describe, expect, onTestFinished, test } from 'vitest';
import { bearer, call } from '../harness/api.ts';
import { openMultipart } from '../harness/multipart-reader.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { numbers } from '../harness/seeded-numbers.ts';
import { startServer } from '../harness/server-process.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';
import { STORES, type Store } from './watched-server.ts';

type Random = ReturnType<typeof numbers>;

const VIEWERS = 8;
const WRITES = 60;

const ROWS = '{% for row in rows %}<text y="9">{{ row }}</text>{% endfor %}';
const TEMPLATE = `<svg xmlns="http://www.w3.org/2000/svg"><text>{{ n }}</text>${ROWS}</svg>`;

/** What is shown in place of a picture that is private now. */
const BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** Pictures of which most stays as it was, some that change altogether, and some of more than deflate can look back on. */
function pictures(random: Random) {
  const noise = (length: number) => Array.from({ length }, () => random(36).toString(36)).join('');
  let rows = Array.from({ length: 30 }, () => noise(60));
  return () => {
    const kind = random(12);
    if (kind === 0) rows = Array.from({ length: random(200) }, () => noise(200));
    else if (kind === 1) rows = [];
    else rows = [...rows.slice(0, 40), noise(40)].map((row) => (random(9) === 0 ? noise(50) : row));
    return rows;
  };
}

const QUERIES = [
  '?fps=120',
  '?fps=120&keep_alive=1000',
  '?fps=30',
  '?fps=7&keep_alive=1000',
  '?fps=120&double_frame=true',
  '?fps=60&delayed_start=300',
];

/** A place that outlives the server, and can be taken away if it is Redis. */
async function openPlace(store: Store) {
  if (store === 'embedded') return { args: ['--data-dir', ':memory:'], redis: null };
  const redis = await startRedisServer({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] });
  onTestFinished(redis.dispose);
  return { args: ['--redis-url', redis.url], redis };
}

async function serve(store: Store, random: Random) {
  const { args, redis } = await openPlace(store);
  const server = await startServer(...args, '--demo', 'off', '--rate-limits', 'off');
  const owner = await bearer(server.url, 'zoe');
  const picture = pictures(random);
  const expected = new Map<number, string>();
  let n = 0;

  function next(): { readonly n: number; readonly rows: readonly string[] } {
    n += 1;
    const rows = picture();
    const texts = rows.map((row) => `<text y="9">${row}</text>`).join('');
    expected.set(n, `<svg xmlns="http://www.w3.org/2000/svg"><text>${n}</text>${texts}</svg>`);
    return { n, rows };
  }
  const write = (method: string, path: string, body?: object) => call(server.url, method, path, body, owner);
  async function graphql(query: string) {
    const { body } = await write('POST', '/graphql', { query });
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data;
  }

  return {
    ...server,
    redis,
    expected,
    latest: () => n,
    create: () => write('POST', '/api/user/zoe/session', { session_id: 'picture', template: TEMPLATE, args: next() }),
    push: async () => (await write('PUT', '/api/user/zoe/session/picture', { args: next() })).status,
    remove: () => write('DELETE', '/api/user/zoe/session/picture'),
    show: (visibility: string) =>
      graphql(`mutation { updateSession(input: {id: "zoe/picture", visibility: ${visibility}}) { version } }`),
    link: async () =>
      (await graphql('mutation { createViewLink(sessionId: "zoe/picture") { token } }')).createViewLink.token,
  };
}

type Server = Awaited<ReturnType<typeof serve>>;

const numberOf = (svg: string) => Number(/<text>(\d+)</.exec(svg)?.[1]);

/** One who keeps all that it is shown. */
async function watch({ port }: Server, query: string, headers: readonly string[] = AS_AN_IMAGE) {
  const stream = await openMultipart(port, `/stream/zoe/picture${query}`, headers);
  onTestFinished(stream.close);
  expect(/^content-encoding: gzip/im.test(stream.head)).toBe(headers === AS_AN_IMAGE);
  const seen: string[] = [];
  const all = (async () => {
    for (let svg = await stream.next(); svg !== null; svg = await stream.next()) seen.push(svg.trimEnd());
  })();
  all.catch(() => {});
  return {
    ...stream,
    seen,
    /** Rejects unless every part is, byte for byte, a picture that was pushed, and none is older than the one before. */
    async judge(how: 'clean' | 'cut', { expected }: Server, lastly: readonly string[] = []) {
      expect(await stream.ended).toBe(how);
      await all;
      expect(seen.splice(seen.length - lastly.length)).toEqual(lastly);
      const shown = seen.map(numberOf);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown).toEqual(shown.toSorted((a, b) => a - b));
      expect(seen.filter((svg) => svg !== expected.get(numberOf(svg)))).toEqual([]);
    },
  };
}

type Watching = Awaited<ReturnType<typeof watch>>;

/** Writes while viewers come, go, stop reading and go on. @returns those who are still there, all of them reading */
async function storm(server: Server, random: Random): Promise<readonly Watching[]> {
  // The first is one without deltas.
  const watching = [await watch(server, '?fps=120', [])];
  const join = async () => watching.push(await watch(server, QUERIES[random(QUERIES.length)] ?? ''));
  while (watching.length < VIEWERS) await join();
  const one = () => watching[1 + random(watching.length - 1)];
  for (let write = 0; write < WRITES; write += 1) {
    expect(await server.push()).toBe(204);
    const step = random(8);
    if (step === 0) one()?.pause();
    if (step === 1) one()?.resume();
    if (step === 2) {
      watching.splice(1 + random(watching.length - 1), 1)[0]?.close();
      await join();
    }
  }
  for (const viewer of watching) viewer.resume();
  await all(watching, (viewer) => until(viewer, server.latest()));
  return watching;
}

const all = <T>(watching: readonly Watching[], act: (viewer: Watching) => Promise<T>) => Promise.all(watching.map(act));

const until = ({ seen }: Watching, n: number) =>
  expect.poll(() => numberOf(seen.at(-1) ?? ''), { timeout: 20_000, interval: 10 }).toBe(n);

describe.each(STORES)('on the %s store', (store) => {
  describe.skipIf(store === 'Redis' && !redisAvailable)('viewers of deltas are shown what others are', () => {
    test('in a storm, by a session that is private for a while, made again, and at a shutdown', async () => {
      const random = numbers(1);
      const server = await serve(store, random);
      await server.create();
      const before = await storm(server, random);
      await server.show('PRIVATE');
      await all(before, (viewer) => viewer.judge('clean', server, [BLANK]));

      const guest = await watch(server, `?fps=120&delta=true&view=${await server.link()}`);
      expect(await server.push()).toBe(204);
      await until(guest, server.latest());
      await server.show('PUBLIC');
      const between = [...(await storm(server, random)), guest];
      await until(guest, server.latest());
      await server.remove();
      await all(between, (viewer) => viewer.judge('clean', server));

      await server.create();
      const after = await storm(server, random);
      const exit = server.kill('SIGTERM');
      await all(after, (viewer) => viewer.judge('clean', server));
      expect(await exit).toBe(0);
    });

    test('up to the moment at which the server is killed', async () => {
      const random = numbers(2);
      const server = await serve(store, random);
      await server.create();
      const watching = await storm(server, random);
      await server.kill('SIGKILL');
      await all(watching, (viewer) => viewer.judge('cut', server));
    });
  });
});

test.skipIf(!redisAvailable)('viewers of deltas are shown what others are when Redis was away', async () => {
  const random = numbers(3);
  const server = await serve('Redis', random);
  await server.create();
  const watching = await storm(server, random);
  await server.redis?.stop();
  expect(await server.push()).toBe(503);
  await server.redis?.restart();
  await expect.poll(server.push, { timeout: 20_000 }).toBe(204);
  await all(watching, (viewer) => until(viewer, server.latest()));
  const later = await storm(server, random);
  await all(watching, (viewer) => until(viewer, server.latest()));
  await server.remove();
  await all([...watching, ...later], (viewer) => viewer.judge('clean', server));
});
