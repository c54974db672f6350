import { GALLERY } from '../../../src/gallery/gallery.ts';
import type { JsonObject } from '../../../src/json.ts';
import { numbers } from '../../harness/seeded-numbers.ts';

export interface Dashboard {
  readonly id: string;
  readonly template: string;
  /** Of one update after the other. */
  readonly args: readonly JsonObject[];
}

const UPDATES = 64;

type Random = (below: number) => number;
// biome-ignore lint/suspicious/noExplicitAny: each template has its own.
type Args = Readonly<Record<string, any>>;

/** The oldest leaves, a value near the last comes. */
const moved = (values: readonly number[], random: Random): readonly number[] => [
  ...values.slice(1),
  Math.max(1, Number(((values.at(-1) ?? 0) * (1 + (random(21) - 10) / 100)).toFixed(1))),
];
const time = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);

interface Symbol {
  readonly price: number;
  readonly change: number;
  readonly history: readonly number[];
}
interface Entry {
  readonly value: number;
}
interface Series {
  readonly values: readonly number[];
}
interface Service {
  readonly uptime: number;
  readonly history: readonly string[];
}
interface Day {
  readonly high: number;
  readonly low: number;
}

const STATES = ['ok', 'ok', 'ok', 'degraded', 'down'];
const BUILD = ['passing', 'failing', 'running'];
const TITLES = ['Clair de Lune', 'Passepied', 'Menuet', 'Prélude'];

/** What one update changes, as the program that pushes it would. */
const CHANGES: Readonly<Record<string, (args: Args, update: number, random: Random) => object>> = {
  badge: (_, update) => ({ value: BUILD[update % 3], state: ['ok', 'bad', 'busy'][update % 3] }),
  banner: (_, update) => ({ subtitle: `${1200 + update * 3} pictures are open right now.` }),
  'bar-race': ({ entries }, update, random) => ({
    moment: String(2026 + update),
    entries: (entries as readonly Entry[]).map((entry) => ({
      ...{ ...entry, previous: entry.value },
      value: entry.value + random(9000),
    })),
  }),
  clock: (_, update) => ({ time: time(36_516 + update) }),
  countdown: (_, update) => ({ seconds: 191_535 - update }),
  gauge: ({ value }, _, random) => ({ value: Math.min(110, Math.max(20, value + random(7) - 3)) }),
  'line-chart': ({ series }, _, random) => ({
    series: (series as readonly Series[]).map((each) => ({ ...each, values: moved(each.values, random) })),
  }),
  'now-playing': (_, update) => ({ position: 117 + update, title: TITLES[Math.floor(update / 32)] ?? '' }),
  pipeline: ({ stages }, update) => ({
    stages: (stages as readonly JsonObject[]).map((stage) =>
      stage.state === 'running' ? { ...stage, time: `0 min ${String(update % 60).padStart(2, '0')} s` } : stage,
    ),
  }),
  'price-ticker': ({ symbols }, update, random) => ({
    symbols: (symbols as readonly Symbol[]).map((symbol) => ({
      ...symbol,
      price: Number((symbol.price * (1 + (random(11) - 5) / 1000)).toFixed(2)),
      change: Number((symbol.change + (random(21) - 10) / 100).toFixed(2)),
      history: update % 4 === 0 ? moved(symbol.history, random) : symbol.history,
    })),
  }),
  'progress-ring': ({ value }, _, random) => {
    const raised = value + random(60);
    return { value: raised, caption: `€ ${raised.toLocaleString('en')} of € 50,000` };
  },
  'server-monitor': ({ cpu, network, memory }, _, random) => ({
    cpu: { percent: random(100), history: moved((cpu as { history: number[] }).history, random) },
    memory: { ...(memory as object), used: 27_487_790_694 + random(2_000_000_000) },
    network: {
      ...{ in: 10_540_000 + random(900_000), out: 2_310_000 + random(500_000) },
      history: moved((network as { history: number[] }).history, random),
    },
  }),
  'sparkline-card': ({ value, history }, _, random) => ({
    ...{ value: value + random(900) - 400, change: random(200) / 10, history: moved(history, random) },
  }),
  'status-board': ({ services }, update, random) => ({
    services: (services as readonly Service[]).map((service, at) => {
      // One service after the other is looked at.
      if (at !== update % (services as readonly Service[]).length) return service;
      const state = STATES[random(STATES.length)] ?? '';
      return { ...service, state, uptime: 99 + random(100) / 100, history: [...service.history.slice(1), state] };
    }),
  }),
  weather: ({ days }, _, random) => ({
    ...{ temperature: 15 + random(10), wind: random(30), humidity: 50 + random(30) },
    days: (days as readonly Day[]).map((day) => ({ ...day, high: day.high + random(3) - 1 })),
  }),
};

function argsOf(id: string, first: JsonObject): readonly JsonObject[] {
  const change = CHANGES[id];
  if (change === undefined) throw new Error(`nothing says how the args of ${id} change`);
  const random = numbers(7);
  let args = first;
  return Array.from({ length: UPDATES }, (_, update) => {
    args = { ...args, ...(change(args, update, random) as JsonObject) };
    return args;
  });
}

/** Every template of the gallery, with args that change as its users' do. */
export const dashboards: readonly Dashboard[] = GALLERY.map(({ id, template, args }) => ({
  ...{ id, template, args: argsOf(id, args) },
}));
