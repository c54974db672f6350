import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/errors.ts';
import { statusOf } from '../../src/http/status.ts';
import { redisAvailable } from '../harness/redis-server.ts';
import { type Case, TRANSPORTS, type Transport } from './case.ts';
import { storedPath } from './encode.ts';
import { CASES } from './every-case.ts';
import { ASK, type Seen } from './transports.ts';
import { openWorld, STORES, type World } from './world.ts';

const possible = (transport: Transport) => CASES.filter((each) => typeof each[transport] !== 'object');

/** What a framework would say in our place. */
const FOREIGN = /FST_|statusCode|"stack"|node_modules|GRAPHQL_|Unexpected error|INTERNAL_SERVER_ERROR|<!doctype html/i;

function expectedStatus(wrong: Case, transport: Transport): number | null {
  const cell = wrong[transport];
  if (typeof cell === 'number') return cell;
  if (transport === 'GraphQL over WebSocket') return null;
  if (transport === 'GraphQL over HTTP') return 200;
  return wrong.code === null ? 200 : statusOf(wrong.code);
}

function expectSeen(seen: Seen, wrong: Case, transport: Transport) {
  expect(seen.status).toBe(expectedStatus(wrong, transport));
  if (seen.code !== undefined) expect(seen.code).toBe(wrong.code);
  expect(seen.text).not.toMatch(FOREIGN);
  if (wrong.code === null || seen.text === '') return;
  if (transport === 'REST' || seen.status === 431) {
    expect(JSON.parse(seen.text)).toMatchObject({ error: expect.stringMatching(/\w/), code: wrong.code });
  }
}

describe.each(STORES)('on the %s store', (store) => {
  describe.skipIf(store === 'Redis' && !redisAvailable).each(TRANSPORTS)('%s', (transport) => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(store);
    });
    afterAll(() => world.close());

    const here = possible(transport).filter(({ embedded }) => embedded === undefined || store !== 'embedded');

    test.each(here)('$what: $code', async (wrong) => {
      const port = wrong.spent ? await world.spentPort() : world.port;
      const server = { port, authorization: world.authorization(wrong.as) };
      const ask = () => ASK[transport](wrong, server);
      const seen = wrong.storeAway && world.away ? await world.away(ask) : await ask();
      if (wrong.storeAway) await world.untilStoreAnswers();
      expectSeen(seen, wrong, transport);
      if (wrong.shows !== undefined) return world.expectShown(wrong.shows);
      await world.expectUnchanged();
      if (wrong.code === null && wrong.ask.do === 'create') {
        const found = await world.json('GET', storedPath(wrong.ask.name));
        expect(JSON.parse(found.text)).toMatchObject({ session_id: wrong.ask.name.trim().normalize('NFC') });
      }
    });

    test('only what is a bug of ours is logged as one', () => {
      const bugs = world.log.filter((line) => line.includes('"internal error"'));
      expect(bugs).toHaveLength(1);
    });
  });
});

describe('the table', () => {
  test.each(TRANSPORTS)('meets every code over %s, or says why it cannot be met', (transport) => {
    const told = new Set(CASES.flatMap(({ code }) => code ?? []));
    expect([...told].sort()).toEqual([...ERROR_CODES].sort());
    const met = new Set(possible(transport).flatMap(({ code }) => code ?? []));
    const unmet = [...told].filter((code) => !met.has(code));
    expect(unmet).toEqual(transport === 'GraphQL over WebSocket' ? ['UNSUPPORTED_MEDIA_TYPE'] : []);
  });

  test('says why wherever a transport or store cannot express a case', () => {
    for (const each of CASES) {
      for (const place of [...TRANSPORTS, 'embedded'] as const) {
        const cell = each[place];
        if (typeof cell === 'object') expect(cell.cannot).toMatch(/\w+ \w+ \w+/);
      }
    }
  });

  test('names each case once', () => {
    const names = CASES.map(({ what, code }) => `${what}: ${code}`);
    expect([...new Set(names)]).toEqual(names);
  });
});
