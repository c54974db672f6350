import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CREATE, createClient, UPDATE } from '../graphql/client.ts';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { type RedisServer, redisAvailable, startRedisServer } from '../harness/redis-server.ts';

const WRITERS = 50;
const writers = Array.from({ length: WRITERS }, (_, n) => n);

/** One conditional write of `{"by": writer}` to alice's session; tells whether it won. */
type Write = (url: string, name: string, version: number, writer: number) => Promise<'won' | 'lost'>;

let alice: { authorization: string };
const token = () => alice.authorization.replace('Bearer ', '');
const read = (url: string, name: string) => call(url, 'GET', `/api/user/alice/session/${name}`, undefined, alice);

async function ifMatch(url: string, name: string, version: number, writer: number) {
  const [epoch] = String((await read(url, name)).headers.get('etag')).split('.');
  const condition = { ...alice, 'if-match': `${epoch}.${version}"` };
  const answer = await call(url, 'PUT', `/api/user/alice/session/${name}`, { args: { by: writer } }, condition);
  if (answer.status === 204) return 'won';
  expect([answer.status, answer.body.code]).toEqual([412, 'CONFLICT']);
  return 'lost';
}

async function ifVersion(url: string, name: string, version: number, writer: number) {
  const input = { id: `alice/${name}`, args: { by: writer }, ifVersion: version };
  const { data, codes } = await createClient(`${url}/graphql`, token())(UPDATE, { input });
  if (codes.length > 0) {
    expect(codes).toEqual(['CONFLICT']);
    return 'lost';
  }
  expect(data.updateSession.version).toBe(version + 1);
  return 'won';
}

const CONDITIONS: readonly (readonly [string, Write])[] = [
  ['If-Match', ifMatch],
  ['ifVersion', ifVersion],
];

describe.each([
  ['one server on the embedded store', 1],
  ['two servers on one Redis', 2],
] as const)('fifty writers at %s', (_where, nodes) => {
  describe.skipIf(nodes === 2 && !redisAvailable)('who write at once', () => {
    let redis: RedisServer | null = null;
    let apps: readonly RunningApp[];
    beforeAll(async () => {
      redis = nodes === 2 ? await startRedisServer() : null;
      const redisUrl = redis?.url ?? null;
      apps = await Promise.all(Array.from({ length: nodes }, () => runApp({ redisUrl })));
      alice = await bearer(urlOf(0), 'alice');
    });
    afterAll(async () => {
      await Promise.all(apps.map((app) => app.close()));
      await redis?.dispose();
    });
    const urlOf = (writer: number) => (apps[writer % apps.length] as RunningApp).url;

    async function create(name: string) {
      const input = { name, template: TEXT_TEMPLATE, args: {} };
      expect(await createClient(`${urlOf(0)}/graphql`, token())(CREATE, { input })).toMatchObject({ codes: [] });
    }

    test.each(CONDITIONS)('under %s: exactly one wins each version, and what it wrote stands', async (name, write) => {
      await create(name);
      for (let version = 1; version <= 4; version += 1) {
        const outcomes = await Promise.all(writers.map((writer) => write(urlOf(writer), name, version, writer)));
        const winners = writers.filter((writer) => outcomes[writer] === 'won');
        expect(winners).toHaveLength(1);
        const standing = await read(urlOf(version), name);
        expect(standing.body.args).toEqual({ by: winners[0] });
        expect(standing.headers.get('etag')).toMatch(new RegExp(`\\.${version + 1}"$`));
      }
    });

    test('without a condition: all are accepted, and none is lost', async () => {
      await create('merged');
      const path = '/api/user/alice/session/merged';
      const answers = await Promise.all(
        writers.map((writer) => call(urlOf(writer), 'PATCH', path, { args: { [`by ${writer}`]: writer } }, alice)),
      );
      expect(answers.map(({ status }) => status)).toEqual(writers.map(() => 204));
      const versions = answers.map(({ headers }) => Number(/\.(\d+)"$/.exec(headers.get('etag') ?? '')?.[1]));
      expect(versions.sort((a, b) => a - b)).toEqual(writers.map((n) => n + 2));
      expect(Object.keys((await read(urlOf(0), 'merged')).body.args)).toHaveLength(WRITERS);
    });

    test('a name: one creates it, the others are told', async () => {
      const body = { session_id: 'wanted', template: TEXT_TEMPLATE };
      const answers = await Promise.all(writers.map((writer) => call(urlOf(writer), 'POST', '/api/session', body)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter((answer) => answer.body.code === 'CONFLICT')).toHaveLength(WRITERS - 1);
    });
  });
});
