import { expect, test } from 'vitest';
import { pictureSize } from '../../src/console/picture-size.ts';

test.each([
  ['<svg width="640" height="360"/>', { width: 640, height: 360 }],
  ["<svg height='20.5px' width=\" 100 \" viewBox='0 0 1 1'/>", { width: 100, height: 21 }],
  ['<svg viewBox="0 0 400 140"/>', { width: 400, height: 140 }],
  ['<svg viewBox="-5,-5,30,20" width="100%"/>', { width: 30, height: 20 }],
  ['<svg data-x=">" viewBox="0 0 8 4"><svg width="1" height="1"/></svg>', { width: 8, height: 4 }],
  ['<svg width="10em" height="2em"/>', null],
  ['<svg viewBox="0 0 0 10"/>', null],
  ['<svg/>', null],
])('the size of %s is %j', (svg, size) => {
  expect(pictureSize(svg)).toEqual(size);
});
