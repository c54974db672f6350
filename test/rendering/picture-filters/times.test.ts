import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/rendering/engine.ts';
import { refusalOf } from '../rendering.ts';

/** 21 November 2026, 14:05:09.250 UTC, a Saturday. */
const NOW = Date.UTC(2026, 10, 21, 14, 5, 9, 250);
const engine = createEngine({ maxFrameBytes: 100_000, maxSteps: 100_000 }, () => NOW);
const OPEN = '<svg xmlns="http://www.w3.org/2000/svg">';
const render = (piece: string) => engine.render(`${OPEN}${piece}</svg>`, {});
const written = (expression: string): string => render(`{{ ${expression} }}`).svg.slice(OPEN.length, -'</svg>'.length);

const WRITTEN: readonly (readonly [expression: string, text: string])[] = [
  ['now() | date', '2026-11-21'],
  ['now() | time', '14:05'],
  ['now() | date("%F %T.%L %f %Z")', '2026-11-21 14:05:09.250 250000 +0000'],
  [
    'now() | date("%A %a %B %b %d %e %j %p %I %y %V %u %w %q %%")',
    'Saturday Sat November Nov 21 21 325 PM 02 26 47 6 6 4 %',
  ],
  ['now() | date("%-I:%M %s %Q")', '2:05 1795269909 1795269909250'],
  ['"2026-03-04" | date("%-d/%-m|%_d")', '4/3| 4'],
  ['1795269909 | date("%F %T")', '2026-11-21 14:05:09'],
  ['"1795269909" | date("%F %T")', '2026-11-21 14:05:09'],
  ['0 | date("%F %T")', '1970-01-01 00:00:00'],
  ['99999999999 | date ~ " " ~ (100000000000 | date)', '5138-11-16 1973-03-03'],
  ['"2026-11-21T23:30:00-05:00" | date("%F %R")', '2026-11-22 04:30'],
  ['"2026-11-21 23:30" | time', '23:30'],
  ['"2026-11-21t23:30:15.123456789z" | time("%T.%L")', '23:30:15.123'],
  [
    'now() | time(timezone="Europe/Berlin") ~ " " ~ ("2026-07-01T12:00Z" | time(timezone="Europe/Berlin"))',
    '15:05 14:00',
  ],
  ['now() | time("%H:%M %Z %s", "Asia/Kolkata")', '19:35 +0530 1795269909'],
  ['now() | time("%H:%M %z", "-03:30")', '10:35 -0330'],
  [
    '"2026-03-29T00:59:59Z" | time("%T", "Europe/London") ~ " " ~ ("2026-03-29T01:00Z" | time("%T", "Europe/London"))',
    '00:59:59 02:00:00',
  ],
  ['"1850-01-01T00:00Z" | time("%T", "Europe/Amsterdam") | length', '8'],
  ['"1969-12-31T23:59:59.5Z" | time("%T.%L", "Asia/Tokyo")', '08:59:59.500'],
  ['now() | date("%A %-d. %B", locale="de")', 'Samstag 21. November'],
  ['now() | date("%a %b", locale="ja")', '土 11月'],
  ['now() | date("<%Y>")', '&lt;2026&gt;'],
  ['none | date is sameas(none) and missing | time is undefined and none | ago is sameas(none)', 'true'],
  ['(now() - 999) | ago ~ ", " ~ (now() | ago("narrow"))', 'now, now'],
  ['(now() - 1000) | ago ~ ", " ~ ((now() + 59999) | ago)', '1 second ago, in 59 seconds'],
  ['(now() - 60000) | ago("short") ~ ", " ~ ((now() - 3600000) | ago("narrow"))', '1 min. ago, 1h ago'],
  [
    '(now() - 86400000) | ago ~ ", " ~ ((now() + 2592000000) | ago) ~ ", " ~ ("2020-01-01" | ago)',
    '1 day ago, in 1 month, 6 years ago',
  ],
  ['(now() - 7200000) | ago(locale="de")', 'vor 2 Stunden'],
  [
    '0 | duration ~ " " ~ (0.35 | duration) ~ " " ~ (59.9 | duration) ~ " " ~ (3600 | duration)',
    '0s 350ms 59s 900ms 1h',
  ],
  [
    '90061 | duration ~ ", " ~ (90061 | duration(parts=5)) ~ ", " ~ (90061 | duration(parts=1))',
    '1d 1h, 1d 1h 1m 1s, 1d',
  ],
  ['86460 | duration ~ ", " ~ (86460 | duration(parts=3))', '1d, 1d 1m'],
  ['-90 | duration ~ ", " ~ (-90 | duration(style="clock"))', '-1m 30s, -1:30'],
  [
    '7500 | duration(style="long") ~ ", " ~ (3661 | duration("s", 5, "long")) ~ ", " ~ (0 | duration(style="long"))',
    '2 hours 5 minutes, 1 hour 1 minute 1 second, 0 seconds',
  ],
  [
    '42 | duration(style="clock") ~ " " ~ (3599 | duration(style="clock")) ~ " " ~ (180000 | duration(style="clock"))',
    '0:42 59:59 50:00:00',
  ],
  ['1500 | duration(unit="ms")', '1s 500ms'],
  ['"x" | duration ~ ((1/0) | duration) ~ ([] | duration)', '–––'],
];

describe('times', () => {
  test.each(WRITTEN)('%s', (expression, text) => {
    expect(written(expression)).toBe(text);
  });

  test.each([
    ['"soon" | date', /takes a time like "2026-11-21T14:05:09Z" .* and not "soon"/],
    ['"2026-02-30" | date', /and not "2026-02-30"/],
    ['"2026-13-01" | date', /and not "2026-13-01"/],
    ['"2026-11-21T25:00" | time', /and not "2026-11-21T25:00"/],
    ['"2026-11-21T10:00+99:00" | time', /takes a time/],
    ['"" | date', /and not ""/],
    ['[2026] | date', /and not a list/],
    ['true | ago', /and not true or false/],
    ['(1/0) | date', /and not Infinity/],
    ['9999999999999999 | date', /takes a time/],
    ['"0999-12-31" | date', /takes a time/],
    ['now() | date("%c")', /"%c" is no part of a time; take for example/],
    ['now() | date("%")', /"%" is no part/],
    ['now() | date("%-F")', /"%-F" is no part/],
    ['now() | date("%é")', /"%é" is no part/],
    ['now() | date(format)', /"format" is a text of at most 100 characters, and not one of 101/],
    [
      'now() | date(timezone="Mars/Olympus")',
      /There is no time zone "Mars\/Olympus"; .* "Europe\/Berlin", or an offset like "\+02:00"/,
    ],
    ['now() | date(timezone="+25:00")', /There is no time zone "\+25:00"/],
    ['now() | date(timezone="../../etc/passwd")', /There is no time zone/],
    ['now() | date(timezone="")', /There is no time zone ""/],
    ['now() | date(timezone=1)', /"timezone" is a text/],
    ['now() | date(locale="klingon")', /There is no locale "klingon"/],
    ['now() | ago(style="loud")', /"style" is one of long, short, narrow, and not "loud"/],
    ['1 | duration(unit="weeks")', /"unit" is one of s, ms, and not "weeks"/],
    ['1 | duration(parts=0)', /"parts" is a number from 1 to 5/],
  ])('%s is refused with what may be', (expression, words) => {
    const { message } = refusalOf(`<svg>{% set format = "x" | center(101) %}{{ ${expression} }}</svg>`);
    expect(message).toMatch(words);
  });

  test.each([
    'now() | date',
    'now() | date(timezone="Europe/Berlin")',
    'now() | date("%B", locale="fr")',
    'now() | ago',
    '1 | duration',
  ])('the work is charged: %s', (expression) => {
    const piece = `{% for i in range(10000) %}{% set r = ${expression} %}{% endfor %}`;
    expect(refusalOf(`<svg>${piece}</svg>`).details).toMatchObject({ limit: 'steps' });
  });

  test('every zone, first and again, costs a render the same', () => {
    const costs = ['Europe/Paris', 'Asia/Tokyo', 'Asia/Tokyo'].map(
      (zone) => render(`{% set r = now() | time(timezone="${zone}") %}`).steps,
    );
    expect(new Set(costs).size).toBe(1);
  });
});
