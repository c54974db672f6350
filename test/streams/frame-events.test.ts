import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Frame } from '../../src/frames/frame.ts';
import { frameEvents, retryField } from '../../src/streams/frame-events.ts';
import { createEventParser } from '../harness/event-parser.ts';

const frameOf = (svg: string, version = 1, epoch = 'e'): Frame => {
  return { sessionId: { owner: null, name: 's' }, epoch, version, renderedAt: 0, svg };
};

/** Line ends, and what looks like a field, everywhere. */
const pieces = fc.constantFrom(
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  ' ',
  ':',
  'data: ',
  'id: x',
  'event:',
  '\u2028',
  '\0',
  '\uFEFF',
  '한',
  '😀',
);
const svgs = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })), { minLength: 1 })
  .map((parts) => `<svg>${parts.join('')}`);

test('what is read back is the picture as an XML parser reads it, however the bytes are cut', () => {
  void fc.assert(
    fc.property(fc.array(svgs, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(40)), (pictures, cuts) => {
      const frames = pictures.map((svg, at) => frameOf(svg, at + 1));
      const events = frameEvents('');
      const [first, ...others] = frames;
      const text = [
        retryField(1234.5),
        first && events.first(first),
        ...others.map((frame) => events.next(frame)),
        events.closing('gone'),
      ].join('');
      const parser = createEventParser();
      const read = [];
      let at = 0;
      for (const cut of cuts) {
        read.push(...parser.push(text.slice(at, at + cut)));
        at += cut;
      }
      read.push(...parser.push(text.slice(at)));
      expect(read).toEqual([
        ...frames.map(({ svg, version }) => {
          return { type: 'frame', data: svg.replace(/\r\n?/g, '\n'), lastEventId: `e.${version}` };
        }),
        { type: 'gone', data: '', lastEventId: `e.${frames.length}` },
      ]);
      expect(parser.retryMs).toBe(1235);
    }),
  );
});

test('a frame is encoded once for all viewers, those who come back with an id too', () => {
  const frame = frameOf('<svg/>', 7);
  const bytes = frameEvents('').next(frame);
  expect(frameEvents('').next(frame)).toBe(bytes);
  expect(frameEvents('e.6').next(frame)).toBe(bytes);
  expect(frameEvents('e.6')).toBe(frameEvents('e.6'));
});

test.each([
  ['the same', 'e.7', false],
  ['one that this server has not seen yet', 'e.8', false],
  ['an older one', 'e.6', true],
  ['one of an earlier life', 'd.9', true],
  ['no id of ours', 'x', true],
])('who has %s is %s sent the frame: %s', (_what, after, sent) => {
  const events = frameEvents(after);
  const frame = frameOf('<svg/>', 7);
  for (const bytes of [events.first(frame), events.next(frame)]) expect(bytes.includes('event: frame')).toBe(sent);
  expect(events.first(frame).length).toBeGreaterThan(0);
  expect(events.next(frameOf('<svg/>', 9)).includes('event: frame')).toBe(true);
});
