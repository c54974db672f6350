// Run with --expose-gc: templates rendered by this engine and its peers, in one process, in turns.
import { builtEngine } from '../built.ts';
import { figure, spread, type Table } from '../report.ts';
import { inTurns, quantile, summarise } from '../rounds.ts';
import { distinct, retainedKilobytes } from './memory.ts';
import { createPeers, type Peer } from './peers.ts';
import { type Picture, pictures } from './pictures.ts';

const OURS = 'realtime-svg';
const COMPILATIONS = 300;

const { createEngine } = await builtEngine();
const newEngine = () => createEngine({ maxFrameBytes: 2_097_152, maxSteps: 100_000 });

/** As a write calls it: by its source, found in the cache. */
function ours(): Peer {
  const engine = newEngine();
  return {
    name: OURS,
    language: 'nunjucks',
    safe: true,
    prepare: (source) => (args) => engine.render(source, args).svg,
  };
}

const engines = [ours(), ...createPeers()];

function checkOutputs({ name, sources, args }: Picture): number {
  for (const update of args) {
    const [first, ...others] = engines.map((engine) => engine.prepare(sources[engine.language])(update));
    const wrong = others.findIndex((other) => other !== first);
    if (wrong !== -1) {
      throw new Error(`${engines[wrong + 1]?.name} makes another ${name}:\n${others[wrong]}\nthan ours:\n${first}`);
    }
  }
  const [update = {}] = args;
  return Buffer.byteLength(engines[0]?.prepare(sources.nunjucks)(update) ?? '');
}

function compare(picture: Picture): Table {
  const { name, sources, args } = picture;
  const bytes = checkOutputs(picture);
  let written = 0;
  const calls = new Map(
    engines.map((engine) => {
      const render = engine.prepare(sources[engine.language]);
      // A frame is bytes: an engine that returns a rope leaves its flattening to the next one.
      const call = (time: number) => {
        written += Buffer.from(render(args[time % args.length] ?? {})).length;
      };
      return [engine.name, call];
    }),
  );
  const times = inTurns(calls, { rounds: 15, sliceMs: 60 });
  if (written === 0) throw new Error('nothing was rendered');
  const median = (who: string) => times.get(who)?.median ?? Number.NaN;
  const firsts = new Map(engines.map((engine) => [engine.name, firstRender(engine, picture)]));
  const kilobytes = new Map(engines.map((engine) => [engine.name, memoryOf(engine, picture)]));
  const timesNunjucks = median('nunjucks') / median(OURS);
  const fastestSafe = Math.min(
    ...engines.filter(({ name: who, safe }) => safe && who !== OURS).map((each) => median(each.name)),
  );
  return {
    title: `${name}: ${sources.nunjucks.length} bytes of template, ${bytes} bytes of picture`,
    columns: [
      'engine',
      'CPU µs per render',
      'renders/s of one core',
      'first render, µs',
      'KB kept per template',
      'safe',
    ],
    rows: engines.map(({ name: who, safe }) => [
      who,
      spread(times.get(who) ?? summarise([])),
      figure(1e6 / median(who)),
      figure(firsts.get(who) ?? Number.NaN),
      figure(kilobytes.get(who) ?? Number.NaN),
      safe ? 'yes' : 'no',
    ]),
    chart: {
      file: `template-${name}.svg`,
      title: `Rendering the ${name}`,
      unit: 'CPU µs per render: less is better',
      bars: engines.map((engine) => ({ label: engine.name, value: median(engine.name), ours: engine.name === OURS })),
    },
    targets:
      name !== 'dashboard'
        ? []
        : [
            { what: 'at least 2.5 × nunjucks', measured: `${figure(timesNunjucks)} ×`, met: timesNunjucks >= 2.5 },
            {
              what: 'no slower than the fastest safe engine',
              measured: `${figure(fastestSafe)} µs`,
              met: median(OURS) <= fastestSafe,
            },
            {
              what: 'at most 15 KB kept per template',
              measured: `${figure(kilobytes.get(OURS) ?? Number.NaN)} KB`,
              met: (kilobytes.get(OURS) ?? Number.NaN) <= 15,
            },
          ],
  };
}

/** Microseconds from a source never seen before to its first picture: the median. */
function firstRender(engine: Peer, { sources, args }: Picture): number {
  const [update = {}] = args;
  const times = Array.from({ length: COMPILATIONS }, (_, at) => {
    const source = distinct(sources[engine.language], at);
    const begun = performance.now();
    engine.prepare(source)(update);
    return (performance.now() - begun) * 1000;
  });
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

function memoryOf(engine: Peer, { sources, args }: Picture): number {
  const [update = {}] = args;
  // An engine of its own: one whose cache is full would let go of as much as it takes.
  const fresh = engine.name === OURS ? ours() : engine;
  return retainedKilobytes(sources[engine.language], (source) => {
    const render = fresh.prepare(source);
    render(update);
    return render;
  });
}

process.send?.(pictures.map(compare));
