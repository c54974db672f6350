import { expect, test } from 'vitest';
import { createEngine } from '../../src/rendering/engine.ts';
import { CHART_TEMPLATE, chartArgs } from './chart.ts';
import { fanOut } from './fan-out.ts';
import { padFor, svgOf, TEMPLATE } from './load/picture.ts';
import { floor } from './servers/node-peers.ts';
import { oursOverMultipart } from './servers/ours.ts';
import { createPeers } from './templates/peers.ts';
import { pictures } from './templates/pictures.ts';

const engine = createEngine({ maxFrameBytes: 2_097_152, maxSteps: 100_000 });

test.each(pictures)('every engine that is compared makes the same $name, update by update', ({ sources, args }) => {
  for (const peer of createPeers()) {
    const render = peer.prepare(sources[peer.language]);
    for (const update of args) expect(render(update)).toBe(engine.render(sources.nunjucks, update).svg);
  }
});

test('the picture of the load has the size asked for, and our template makes it byte for byte', () => {
  const pad = padFor(2048);
  expect(svgOf(pad, 123)).toHaveLength(2048);
  expect(engine.render(TEMPLATE, { pad, sent: '000000000123' }).svg).toBe(svgOf(pad, 123));
});

test('charts are pictures of our own engine', () => {
  const bars = [
    { label: 'floor', value: 8, ours: false },
    { label: 'ours', value: 4, ours: true },
  ];
  const chart = { file: 'a.svg', title: 'Fan-out', unit: 'µs', bars };
  const { svg, warnings } = engine.render(CHART_TEMPLATE, chartArgs(chart, String));
  expect(warnings).toEqual([]);
  expect([...svg.matchAll(/width="(\d+)" height="20"/g)].map(([, width]) => width)).toEqual(['360', '180']);
  expect(svg).toContain('height="138"');
});

test('a comparison counts the frames of one viewer of the floor and of the build', async () => {
  const { samples, absent } = await fanOut({
    contenders: [floor, oursOverMultipart],
    phases: [{ bytes: 1024, pace: 20 }],
    viewers: 1,
    rounds: 1,
    seconds: 0.5,
    progress() {},
  });
  expect(absent).toEqual([]);
  expect(samples.map(({ contender }) => contender)).toEqual([floor.name, oursOverMultipart.name]);
  for (const { frames, updates, lost, microsPerFrame } of samples) {
    expect(frames).toBeGreaterThan(0);
    expect(updates).toBeGreaterThan(0);
    expect(microsPerFrame).toBeGreaterThan(0);
    expect(lost).toBe(0);
  }
});
