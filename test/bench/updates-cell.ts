import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import type { Cell } from './cell.ts';
import { type Load, startLoad } from './load/start-load.ts';
import { figure, spread, type Table } from './report.ts';
import { summarise, turns } from './rounds.ts';
import { fastify, yoga } from './servers/node-peers.ts';
import { createSessions, sessionNames, startOurs } from './servers/ours.ts';
import type { Served, Updating } from './servers/served.ts';
import { multipartViewing } from './servers/viewings.ts';

/** As many bytes as the badge of the templates' comparison. */
const BYTES = 346;
const SESSIONS = sessionNames(32);
/** Each way, before it is measured: a server that has just started runs code that is not compiled yet. */
const WARM_UP_SECONDS = 2;

interface Way {
  readonly name: string;
  /** Which of the servers it goes to. */
  readonly server: 'fastify' | 'yoga' | 'embedded' | 'redis';
  readonly change: Partial<Updating>;
  /** Default: each connection goes to one of its own. */
  readonly sessions?: readonly string[];
}

const graphql: Partial<Updating> = { method: 'POST', path: '/graphql', body: 'mutation' };
const FASTIFY: Way = { name: 'bare Fastify, POST, echo', server: 'fastify', change: {} };
const YOGA: Way = { name: 'bare Yoga, POST, mutation that publishes', server: 'yoga', change: {} };
const oursOn = (server: 'embedded' | 'redis'): Readonly<Record<'rest' | 'post' | 'webSocket', Way>> => ({
  rest: { name: `realtime-svg, REST PUT, ${server}`, server, change: {} },
  post: { name: `realtime-svg, GraphQL POST, ${server}`, server, change: graphql },
  webSocket: {
    name: `realtime-svg, GraphQL WebSocket, ${server}`,
    server,
    change: { ...graphql, webSocket: true },
  },
});
const EMBEDDED = oursOn('embedded');
const REDIS = oursOn('redis');
/** Updates of one session are kept in order: here it shows whether they wait for one another. */
const TO_ONE_SESSION: Way = {
  ...EMBEDDED.rest,
  name: `${EMBEDDED.rest.name}, all to one session`,
  sessions: SESSIONS.slice(0, 1),
};
const WAYS: readonly Way[] = [FASTIFY, YOGA, ...Object.values(EMBEDDED), TO_ONE_SESSION, ...Object.values(REDIS)];

interface Opened extends Way {
  readonly load: Load;
}

interface Sample {
  readonly way: string;
  readonly perSecond: number;
  readonly microsPerUpdate: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  readonly busy: number;
}

/** 32 connections, each with one update after the other, and nobody who watches. */
export const updatesCell: Cell = {
  name: 'updates',
  async run(effort) {
    const samples: Sample[] = [];
    const ways: Opened[] = [];
    const servers = await startServers();
    try {
      for (const way of WAYS) {
        const served = servers.get(way.server);
        if (served === undefined) continue;
        effort.progress(`warming up ${way.name}`);
        const load = startLoad();
        ways.push({ ...way, load });
        await load.open({ ...served, updating: { ...served.updating, ...way.change } }, 0, way.sessions ?? SESSIONS);
        await load.run({ bytes: BYTES, pace: 'every connection', seconds: WARM_UP_SECONDS });
      }
      for (const { name, load } of turns(ways, effort)) {
        const seen = await load.run({ bytes: BYTES, pace: 'every connection', seconds: effort.seconds });
        samples.push({
          ...seen,
          way: name,
          perSecond: seen.updates / seen.seconds,
          microsPerUpdate: seen.serverMicros / seen.updates,
        });
      }
    } finally {
      for (const { load } of ways) load.stop();
      for (const { stop } of servers.values()) await stop();
    }
    return [tableOf(samples)];
  },
};

async function startServers(): Promise<ReadonlyMap<Way['server'], Served>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-updates-'));
  const embedded = await startOurs(multipartViewing, ['--data-dir', folder]);
  await createSessions(embedded, SESSIONS);
  const servers = new Map<Way['server'], Served>([
    ['embedded', withStop(embedded, async () => rmSync(folder, { recursive: true, force: true }))],
  ]);
  const peers = [['fastify', fastify] as const, ['yoga', yoga] as const];
  const started = peers.map(async ([name, contender]) => [name, await contender.start()] as const);
  for (const [name, served] of await Promise.all(started)) if (served !== null) servers.set(name, served);
  if (redisAvailable) {
    const redis = await startRedisServer();
    const onRedis = await startOurs(multipartViewing, ['--redis-url', redis.url]);
    await createSessions(onRedis, SESSIONS);
    servers.set('redis', withStop(onRedis, redis.dispose));
  }
  return servers;
}

function withStop(served: Served, more: () => Promise<void>): Served {
  return {
    ...served,
    async stop() {
      await served.stop();
      await more();
    },
  };
}

function tableOf(samples: readonly Sample[]): Table {
  const median = (way: Way, pick: (sample: Sample) => number) =>
    summarise(samples.filter((sample) => sample.way === way.name).map(pick)).median;
  const perSecond = (sample: Sample) => sample.perSecond;
  const target = (way: Way, peer: Way, times: number) => {
    const ratio = median(way, perSecond) / median(peer, perSecond);
    return {
      what: `${way.name}: at least ${times} × ${peer.name}`,
      measured: `${figure(ratio)} ×`,
      met: ratio >= times,
    };
  };
  return {
    title: 'Updates: 32 connections, a picture the size of a badge, nobody watches',
    columns: ['way', 'updates/s', 'CPU µs per update', 'p50 ms', 'p99 ms', 'load'],
    rows: WAYS.map((way) => {
      const rounds = samples.filter((sample) => sample.way === way.name);
      if (rounds.length === 0) return [way.name, 'not installed'];
      return [
        way.name,
        spread(summarise(rounds.map(perSecond))),
        figure(median(way, ({ microsPerUpdate }) => microsPerUpdate)),
        figure(median(way, ({ p50Micros }) => p50Micros / 1000)),
        figure(median(way, ({ p99Micros }) => p99Micros / 1000)),
        `${Math.round(Math.max(...rounds.map(({ busy }) => busy)) * 100)} %`,
      ];
    }),
    chart: {
      file: 'updates.svg',
      title: 'Updates by 32 connections',
      unit: 'updates/s: more is better',
      bars: WAYS.map((way) => ({
        label: way.name,
        value: median(way, perSecond),
        ours: way !== FASTIFY && way !== YOGA,
      })).filter(({ value }) => Number.isFinite(value)),
    },
    targets: [
      target(EMBEDDED.rest, FASTIFY, 0.5),
      target(EMBEDDED.post, YOGA, 1.5),
      target(EMBEDDED.webSocket, YOGA, 4),
    ],
  };
}
