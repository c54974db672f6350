// `npm run fuzz [-- --seconds 600] [--cases 1000] [--seed 1]`: templates and args made to break the engine; exit code 1
// if one of them did. With `--browser` Chromium is shown every frame, inline in HTML and as a document: for this reading
// of SVG our judge is no authority.
import { inspect, parseArgs } from 'node:util';
import { type Frame, lookAt } from './in-a-browser.ts';
import { fuzz } from './run.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    cases: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    browser: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const start = performance.now();
const end = start + Number(values.seconds) * 1000;
/** A page of larger ones takes Chromium too long. */
const MAX_SHOWN = 20_000;
const frames: Frame[] = [];
const maxCases = Number(values.cases ?? Number.POSITIVE_INFINITY);
const { cases, outcomes, failures, slowest } = fuzz({
  seed,
  goesOn: (done) => done < maxCases && performance.now() < end,
  onFrame: (svg, of) => {
    if (values.browser && svg.length <= MAX_SHOWN) frames.push({ seed: of, svg });
  },
});

const seconds = (performance.now() - start) / 1000;
console.log(`seed ${seed}: ${cases} templates in ${seconds.toFixed(0)} s, ${(cases / seconds).toFixed(0)} a second`);
for (const [outcome, count] of [...outcomes].sort((a, b) => b[1] - a[1])) {
  console.log(`${((100 * count) / cases).toFixed(1).padStart(6)} %  ${outcome}`);
}
console.log(`slowest: ${slowest.map(({ seed: of, took }) => `${took.toFixed(1)} ms (seed ${of})`).join(', ')}`);
for (const { template, args, seed: of, faults } of failures) {
  console.log(
    `\n${faults.join('\n')}\n  template: ${JSON.stringify(template)}\n  args: ${inspect(args, { depth: null })}`,
  );
  console.log(`  again: npm run fuzz -- --seed ${of} --cases 1`);
}
const sightings = values.browser ? await lookAt(frames) : [];
if (values.browser) console.log(`Chromium was shown ${frames.length} frames, and minded ${sightings.length}`);
for (const { seed: of, faults } of sightings) console.log(`seed ${of}: ${faults.join('; ')}`);
if (failures.length > 0 || sightings.length > 0) process.exitCode = 1;
