import { expect, test } from 'vitest';
import { SECURITY_EVENTS } from '../../src/auth/audit.ts';
import { createClient } from '../graphql/client.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';

const FROM = { 'x-forwarded-for': '192.0.2.7', 'user-agent': 'audit-test' };

test('each security event is one line with the address, is counted, and no line holds a secret', async () => {
  const app = await appForTest({ rateLimits: true, trustProxy: 1, logLevel: 'trace' });
  const secrets = new Set<string>();
  const secret = <T extends string>(text: T): T => {
    secrets.add(text);
    return text;
  };
  const auth = (path: string, body: object) => call(app.url, 'POST', `/api/auth/${path}`, body, FROM);
  const authorized = (token: string) => ({ ...FROM, authorization: `Bearer ${token}` });

  const password = secret('alice-secret-password');
  const made = (await auth('register', { user_id: 'alice', password })).body;
  await auth('login', { user_id: 'alice', password: secret('a-wrong-secret') });
  const rotated = (await auth('refresh', { refresh_token: secret(made.refresh_token) })).body;
  for (const token of [made.token, rotated.token, rotated.refresh_token]) secret(token);
  const alice = createClient(`${app.url}/graphql`, rotated.token);
  const { createApiKey } = (await alice('mutation { createApiKey(name: "k") { secret apiKey { id } } }')).data;
  await auth('token', { api_key: secret(createApiKey.secret) });
  await alice(`mutation { revokeApiKey(id: "${createApiKey.apiKey.id}") }`);
  await call(app.url, 'GET', '/api/auth/me', undefined, authorized(createApiKey.secret));
  await call(app.url, 'GET', '/api/auth/me', undefined, authorized(secret(`${rotated.token}x`)));
  expect((await fetch(`${app.url}/api/auth/me?access_token=${rotated.token}`, { headers: FROM })).status).toBe(400);
  await call(
    app.url,
    'POST',
    '/api/user/bob/session',
    { session_id: 's', template: TEXT_TEMPLATE },
    authorized(rotated.token),
  );
  const next = secret('alice-next-password');
  await alice(`mutation { changePassword(current: "${password}", next: "${next}") }`);
  for (let n = 0; n < 10; n += 1) await auth('login', { user_id: `u${n}`, password: secret(`guess-${n}-secret`) });
  await alice(`mutation { signOut }`);

  const lines = app.log.map((line) => JSON.parse(line)).filter(({ event }) => SECURITY_EVENTS.includes(event));
  const told = (event: string) => lines.filter((line) => line.event === event);
  const here = { address: '192.0.2.7', agent: 'audit-test' };
  expect(told('account.claimed')).toEqual([expect.objectContaining({ userId: 'alice', ...here })]);
  expect(told('sign-in.refused')[0]).toMatchObject({ userId: 'alice', reason: 'password', ...here });
  expect(told('token.rotated')).toEqual([expect.objectContaining({ userId: 'alice', ...here })]);
  expect(told('key.created')).toEqual([expect.objectContaining({ userId: 'alice', keyId: createApiKey.apiKey.id })]);
  expect(told('key.revoked')).toHaveLength(1);
  expect(told('token.refused')).toHaveLength(2);
  expect(told('token.refused')[1]).toMatchObject({ reason: 'signature', ...here });
  expect(told('forbidden')).toEqual([
    expect.objectContaining({ action: 'sessions.replace', userId: 'alice', ...here }),
  ]);
  expect(told('account.password')).toHaveLength(1);
  expect(told('limited')).toEqual([expect.objectContaining({ limit: 'signInsPerAddress', ...here })]);
  expect(told('sign-out')).toHaveLength(1);

  const metrics = (await call(app.url, 'GET', '/metrics')).text;
  for (const event of SECURITY_EVENTS) {
    expect(metrics).toContain(`rsvg_security_events_total{event="${event}"} ${told(event).length}\n`);
  }
  const whole = app.log.join();
  expect([...secrets].filter((text) => whole.includes(text) || metrics.includes(text))).toEqual([]);
  expect(secrets.size).toBeGreaterThan(15);
});
