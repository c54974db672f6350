import { describe, expect, it } from 'vitest';
import { ttlFromSeconds, ttlFromText } from '../../src/sessions/time-to-live.ts';

const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' });

describe('expire as text', () => {
  it.each([
    ['1d', 86_400_000],
    ['1d 12h', 129_600_000],
    ['1d12h', 129_600_000],
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['2h 37min', 9_420_000],
    ['1000ms', 1000],
    ['1 000000000ns 1s', null],
    ['1s 500000us', 1500],
    ['3 weeks', 1_814_400_000],
    ['1m', 60_000],
    ['1M', 2_630_016_000],
    ['1y', 31_557_600_000],
    ['10y', 315_576_000_000],
    ['  5 minutes  ', 300_000],
  ])('%s is %s ms', (text, ms) => {
    if (ms === null) expect(() => ttlFromText(text)).toThrow(refused);
    else expect(ttlFromText(text)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    '5',
    '1d 5',
    'd',
    '1x',
    '-1d',
    '1d,2h',
    '0s',
    '999ms',
    '11y',
    '1e3s',
    '１d',
    `${'1'.repeat(400)}s`,
  ])('%j is refused', (text) => expect(() => ttlFromText(text)).toThrow(refused));
});

describe('a time to live in seconds', () => {
  it.each([1, 1.5, 86_400, 315_576_000])('may be %s', (seconds) => {
    expect(ttlFromSeconds(seconds)).toBe(seconds * 1000);
  });
  it.each([0, 0.9, -1, 315_576_001, Number.NaN, Number.POSITIVE_INFINITY])('may not be %s', (seconds) => {
    expect(() => ttlFromSeconds(seconds)).toThrow(refused);
  });
});
