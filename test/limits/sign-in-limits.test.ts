import { describe, expect, test } from 'vitest';
import { delayAfter } from '../../src/limits/sign-in-limits.ts';
import { createClient } from '../graphql/client.ts';
import { call } from '../harness/api.ts';
import { DEPLOYMENTS, from, limitedNodes, PASSWORD, signIn, skipped } from './limited-nodes.ts';

const WRONG = 'wrong horse';

describe.each(DEPLOYMENTS)('on %s', (_, onRedis) => {
  describe.skipIf(skipped(onRedis))('sign-ins', () => {
    test('an address is one, whatever port of it a proxy reports, and in whatever brackets', async () => {
      const [app] = await limitedNodes(onRedis);
      for (const [net, write] of [
        ['192.0.2.77', (n: number) => `192.0.2.77:${4000 + n}`],
        ['2001:db8:7::1', (n: number) => (n % 2 ? `[2001:db8:7::1]:${4000 + n}` : '[2001:db8:7::1]')],
      ] as const) {
        await Promise.all(Array.from({ length: 10 }, (_, n) => signIn(app, `${net} ${n}`, write(n))));
        expect((await signIn(app, `${net} more`, write(10))).body).toMatchObject({ limit: 'signInsPerAddress' });
        expect((await signIn(app, `${net} more`, net)).body).toMatchObject({ limit: 'signInsPerAddress' });
      }
    });

    test('one address has ten in a minute, whoever it signs in, wherever and however it asks', async () => {
      const [one, two] = await limitedNodes(onRedis);
      const home = '2001:db8::1';
      const first = await Promise.all(
        Array.from({ length: 14 }, (_, n) => signIn(n % 2 ? one : two, `user${n}`, `2001:db8::${n + 1}`)),
      );
      const statuses = first.map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), ...Array.from({ length: 4 }, () => 429)]);

      const refused = await signIn(two, 'alice', home);
      const { retryAfterSeconds } = refused.body;
      expect(refused.body).toEqual({
        error: `At most 10 in 60 s: sign-ins from one address. Try again in ${retryAfterSeconds} s.`,
        code: 'RATE_LIMITED',
        ...{ retryAfterSeconds, limit: 'signInsPerAddress', max: 10, windowSeconds: 60 },
      });
      expect(retryAfterSeconds).toBeGreaterThan(0);
      expect(retryAfterSeconds).toBeLessThanOrEqual(60);
      const shown = ['retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'];
      const seconds = String(retryAfterSeconds);
      expect(shown.map((name) => refused.headers.get(name))).toEqual([seconds, '10', '0', seconds]);

      const body = JSON.stringify({
        query: `mutation { issueToken(userId: "alice", password: "${PASSWORD}") { accessToken } }`,
      });
      const headers = { 'content-type': 'application/json', ...from(home) };
      const answer = await (await fetch(`${one.url}/graphql`, { method: 'POST', headers, body })).json();
      expect(answer.errors[0].extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 'signInsPerAddress', max: 10 });
      const registered = await call(
        one.url,
        'POST',
        '/api/auth/register',
        { user_id: 'x', password: PASSWORD },
        from(home),
      );
      expect(registered.status).toBe(429);
      expect((await signIn(one, 'alice', '2001:db8:0:1::1')).status).toBe(200);
    });

    test('failures one after another must be waited after, there alone, until the password is right', async () => {
      const [one, two] = await limitedNodes(onRedis);
      const [home, away] = ['192.0.2.1', '192.0.2.2'];
      expect((await signIn(one, 'alice', away)).status).toBe(200);
      for (let n = 0; n < 5; n += 1) expect((await signIn(n % 2 ? one : two, 'alice', home, WRONG)).status).toBe(401);
      // However the id is written.
      const waiting = await signIn(one, ' alice ', home);
      expect(waiting.body).toMatchObject({ code: 'RATE_LIMITED', limit: 'signInDelay', retryAfterSeconds: 1 });
      expect(waiting.headers.get('retry-after')).toBe('1');
      expect((await signIn(one, 'alice', away)).status).toBe(200);
      await expect.poll(async () => (await signIn(two, 'alice', home)).status, { timeout: 10_000 }).toBe(200);
      expect((await signIn(one, 'alice', home, WRONG)).status).toBe(401);
      expect((await signIn(one, 'alice', home)).status).toBe(200);
    });

    test('a user who is tried from everywhere is not locked out of where it is used to be', async () => {
      const [one, two] = await limitedNodes(onRedis);
      expect((await signIn(one, 'alice', '192.0.2.1')).status).toBe(200);
      const attack = await Promise.all(
        Array.from({ length: 16 }, (_, n) => signIn(n % 2 ? one : two, 'alice', `198.51.100.${n % 4}`, WRONG)),
      );
      expect(attack.filter(({ body }) => body.limit === 'signInsPerUser').length).toBeGreaterThan(0);
      const newcomer = await signIn(one, 'alice', '203.0.113.1');
      expect(newcomer.body).toMatchObject({ code: 'RATE_LIMITED', limit: 'signInsPerUser' });
      expect((await signIn(two, 'alice', '192.0.2.1')).status).toBe(200);
      expect((await signIn(two, 'bob', '203.0.113.1')).status).toBe(200);
    });

    test('a password that proves an account counts as a sign-in', async () => {
      const [one, two] = await limitedNodes(onRedis);
      const { token } = (await signIn(one, 'alice', '127.0.0.1')).body;
      const clients = [one, two].map(({ url }) => createClient(`${url}/graphql`, token));
      const guess = `mutation { changePassword(current: "${WRONG}", next: "another horse") }`;
      for (let n = 0; n < 5; n += 1) expect((await clients[n % 2]?.(guess))?.codes).toEqual(['UNAUTHENTICATED']);
      expect((await clients[0]?.(guess))?.errors?.[0]?.extensions).toMatchObject({ limit: 'signInDelay' });
    });
  });
});

test('the delay begins with the fifth failure, doubles, and ends growing at a quarter of an hour', () => {
  expect([1, 4, 5, 6, 7, 14, 15, 1000].map(delayAfter)).toEqual([0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000]);
});
