import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../src/auth/caller.ts';
import { Refusal } from '../../src/errors.ts';
import { createTemplates } from '../../src/rendering/templates.ts';
import { parseName, type SessionId } from '../../src/sessions/session-id.ts';
import { createSessions, type Sessions } from '../../src/sessions/sessions.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { TEXT_TEMPLATE as TEMPLATE } from '../harness/api.ts';
import { ANONYMOUS, callerOf } from '../harness/callers.ts';
import { type RedisServer, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { createModel } from './model.ts';

const RUNS = { numRuns: 60, seed: 2026, endOnFailure: true } as const;

// Pieces that have a meaning somewhere below: in Redis' keys and patterns, URLs, JavaScript objects, Unicode.
const pieces = [
  ':',
  '%',
  '%3A',
  '%2F',
  '{',
  '}',
  '{u:',
  '*',
  '?',
  '[a]',
  '\\',
  '"',
  ' ',
  'u:',
  'p:',
  'rsvg:',
  'session',
];
const whole = ['__proto__', 'constructor', 'é', 'e\u0301', '🌦', 'alice', 'bob', 'user:alice:session:x', '{u:alice}:x'];
const hostile = fc.oneof(
  fc.constantFrom(...whole),
  fc
    .array(fc.constantFrom(...pieces, 'x', 'alice'), { minLength: 1, maxLength: 4 })
    .map((parts) => `a${parts.join('')}z`),
);
// Few of each, so that they meet.
const cast = fc.record({
  users: fc.uniqueArray(hostile, { minLength: 2, maxLength: 3, selector: (name) => name.normalize('NFC') }),
  names: fc.array(hostile, { minLength: 2, maxLength: 4 }),
});
const kinds = [
  'create',
  'createPublic',
  'replace',
  'args',
  'patch',
  'template',
  'delete',
  'source',
  'get',
  'list',
] as const;
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  caller: fc.nat(3),
  owner: fc.nat(3),
  name: fc.nat(3),
  page: fc.integer({ min: 1, max: 4 }),
});

const outcome = (action: Promise<unknown>) =>
  action.then(
    () => 'done',
    (error) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

async function pagedNames(sessions: Sessions, owner: string, first: number): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await sessions.list(callerOf(owner), owner, after === undefined ? { first } : { first, after });
    expect(page.entries.length).toBeLessThanOrEqual(first);
    names.push(...page.entries.map(({ head }) => head.id.name));
    // Here, not after the loop: pages that repeat would never end.
    expect(new Set(names).size).toBe(names.length);
    after = page.entries.at(-1)?.cursor;
    if (!page.hasNextPage) return names;
  }
}

describe.each([
  ['the embedded store', false],
  ['Redis', true],
])('on %s', (_name, onRedis) => {
  let redis: RedisServer | null = null;
  let storage: Storage;
  let sessions: Sessions;
  let run = 0;

  beforeAll(async () => {
    if (onRedis && !redisAvailable) return;
    redis = onRedis ? await startRedisServer() : null;
    storage = await openStorage({ redisUrl: redis?.url ?? null, dataDir: ':memory:', log: silentLog });
    const templates = createTemplates({ maxFrameBytes: 100_000, maxSteps: 100_000 });
    sessions = createSessions(storage.sessions, templates, { maxTemplateBytes: 10_000, maxArgsBytes: 10_000 });
  });
  afterAll(async () => {
    await storage?.close();
    await redis?.dispose();
  });

  test.skipIf(onRedis && !redisAvailable)(
    'nobody reads or changes what is not theirs, and lists are exact',
    async () => {
      const property = fc.asyncProperty(
        cast,
        fc.array(step, { minLength: 10, maxLength: 60 }),
        async (players, steps) => {
          // A store for each run would be a Redis for each run: a mark of its own in every name keeps them apart.
          run += 1;
          const marked = (text: string) => parseName(`${text}${run}`, 'name');
          const users = players.users.map(marked);
          const names = players.names.map(marked);
          const model = createModel();
          const pick = <T>(from: readonly T[], i: number) => from[i % from.length] as T;
          let n = 0;

          for (const { kind, page, ...chosen } of steps) {
            n += 1;
            const userId = [...users, null][chosen.caller % (users.length + 1)] ?? null;
            const caller: Caller = userId === null ? ANONYMOUS : callerOf(userId);
            const owner = [...users, null][chosen.owner % (users.length + 1)] ?? null;
            const id: SessionId = { owner, name: pick(names, chosen.name) };
            const exists = model.find(owner, id.name) !== undefined;
            const refusal = owner === null ? 'FORBIDDEN' : userId === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
            const mine = owner !== null && owner === userId;
            const content = { template: TEMPLATE, args: { n } };

            if (kind === 'create' || kind === 'createPublic') {
              const isPublic = kind === 'createPublic';
              const taken = model.find(isPublic ? null : userId, id.name) !== undefined;
              const expected = !isPublic && userId === null ? 'UNAUTHENTICATED' : taken ? 'CONFLICT' : 'done';
              expect(await outcome(sessions.create(caller, { name: id.name, public: isPublic, ...content }))).toBe(
                expected,
              );
              if (expected === 'done') model.put(isPublic ? null : userId, id.name, n);
            } else if (kind === 'replace') {
              expect(await outcome(sessions.replace(caller, id, content))).toBe(mine ? 'done' : refusal);
              if (mine) model.put(owner, id.name, n);
            } else if (kind === 'args' || kind === 'patch' || kind === 'template') {
              const change = kind === 'template' ? content : { [kind]: { n } };
              const allowed = mine || (owner === null && kind !== 'template');
              const expected = !allowed ? refusal : exists ? 'done' : 'NOT_FOUND';
              expect(await outcome(sessions.update(caller, id, change))).toBe(expected);
              if (expected === 'done') model.put(owner, id.name, n);
            } else if (kind === 'delete') {
              const expected = !mine ? refusal : exists ? 'done' : 'NOT_FOUND';
              expect(await outcome(sessions.delete(caller, id, null))).toBe(expected);
              if (expected === 'done') model.remove(owner, id.name);
            } else if (kind === 'source') {
              const allowed = mine || owner === null;
              expect(await outcome(sessions.source(caller, id))).toBe(
                !allowed ? 'FORBIDDEN' : exists ? 'done' : 'NOT_FOUND',
              );
            } else if (kind === 'get') {
              const found = await sessions.get(id);
              expect(found && JSON.parse(found.args)).toEqual(exists ? { n: model.find(owner, id.name)?.n } : null);
            } else if (userId === null) {
              expect(await outcome(sessions.list(caller, users[0] ?? '', { first: page }))).toBe('UNAUTHENTICATED');
            } else {
              const expected = model.newestFirst(userId).map(({ name }) => name);
              expect(await pagedNames(sessions, userId, page)).toEqual(expected);
            }
          }

          for (const owner of [...users, null]) {
            for (const name of names) {
              const found = await sessions.get({ owner, name });
              const expected = model.find(owner, name);
              expect(found?.args, JSON.stringify([owner, name])).toBe(expected && JSON.stringify({ n: expected.n }));
              expect(found === null || found.svg.includes(`>${expected?.n}<`)).toBe(true);
            }
            if (owner === null) continue;
            const listed = await pagedNames(sessions, owner, 3);
            expect(listed).toEqual(model.newestFirst(owner).map(({ name }) => name));
          }
        },
      );
      await fc.assert(property, RUNS);
    },
  );
});
