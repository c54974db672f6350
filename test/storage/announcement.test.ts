import { expect, test } from 'vitest';
import { decodeAnnouncement } from '../../src/storage/redis/announcement.ts';

test.each([
  ['e-1_Z 3 1700000000000\n<svg>\n é</svg>', '<svg>\n é</svg>', 0],
  ['e-1_Z 3 1700000000000\n', '', 0],
  ['e-1_Z 3 1700000000000\n\ngone', '\ngone', 0],
  ['e-1_Z 3 1700000000000 7\n<svg/>', '<svg/>', 7],
])('%j is a frame', (text, svg, access) => {
  const frame = { epoch: 'e-1_Z', version: 3, renderedAt: 1_700_000_000_000, svg, access };
  expect(decodeAnnouncement(Buffer.from(text))).toEqual({ is: 'frame', frame });
});

test('without a picture it is a frame to be read', () => {
  expect(decodeAnnouncement(Buffer.from('e1 3 1700000000000'))).toEqual({ is: 'large', epoch: 'e1' });
  expect(decodeAnnouncement(Buffer.from('e1 3 1700000000000 2'))).toEqual({ is: 'large', epoch: 'e1' });
});

test('an end names its epoch', () => {
  expect(decodeAnnouncement(Buffer.from('e1 gone'))).toEqual({ is: 'gone', epoch: 'e1' });
});

test.each(['', '\n', 'e1', 'e1 3', 'e1 3 x\n<svg/>', 'e1 -1 5', ' gone', 'é gone', `{"a":1}`, 'x'.repeat(300)])(
  '%j is no announcement',
  (text) => {
    expect(decodeAnnouncement(Buffer.from(text))).toBeNull();
  },
);
