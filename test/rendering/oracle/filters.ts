import { expressions as all, type Case } from './case.ts';

const people = [
  { name: 'Ann', age: 31, on: true, at: { city: 'X' } },
  { name: 'bob', age: 25, on: false, at: { city: 'Y' } },
  { name: 'Cid', age: 31, on: true, at: { city: 'X' } },
];

export const TEXT_FILTERS: readonly Case[] = all(
  `"foo BAR" | capitalize
  "" | capitalize
  none | capitalize
  false | upper
  "<b>" | e | capitalize
  "abc" | center(10) ~ "|"
  "abcd" | center(9) ~ "|"
  "abc" | center ~ "|"
  "abc" | center(2)
  5 | center(4)
  none | center(3) ~ "|"
  "a\\nb\\n\\nc" | indent
  "a\\nb" | indent(2)
  "a\\nb" | indent(2, true)
  none | indent
  "AbC" | lower
  "AbC" | upper
  "<b>" | e | upper
  "hello big world" | title
  "hELLO  wORLD-x" | title
  "  a b  " | trim ~ "|"
  "a-b-a" | replace("a", "x")
  "aaa" | replace("a", "b", 2)
  "aaa" | replace("a", "b", 0)
  "abc" | replace("", ".")
  "abc" | replace("z", "y")
  123 | replace(2, 9)
  "a1" | replace(1, 2)
  12 | replace("1", "")
  "<a>" | e | replace("a", "<")
  none | replace("a", "b")
  [1] | replace("1", "2")
  "abc" | reverse
  [1, 2, 3] | reverse
  "foo bar baz" | truncate(7)
  "foo bar baz" | truncate(7, true)
  "foo bar baz" | truncate(7, false, "?")
  "foo bar" | truncate(100)
  "foobarbaz" | truncate(4)
  "foo bar baz" | truncate(3, true, "")
  none | truncate(3)
  "foo bar baz" | wordcount
  "" | wordcount
  "a-b c_d" | wordcount
  5 | string ~ 5
  [1, 2] | string
  "a" | e | string
  true | string | length`,
);

export const MARKUP_FILTERS: readonly Case[] = all(
  `"<b>" | escape
  "<b>" | e | e
  "<b>" | e | forceescape
  "<b>" | forceescape
  none | e
  5 | e
  ["<"] | e
  missing | e
  "a\\nb\\r\\nc" | nl2br
  "a\\n<" | e | nl2br
  none | nl2br
  "<p>a <b>b</b></p> c" | striptags
  "<p>a\\n\\n\\n\\n b </p>  c  d" | striptags(true)
  "a <!-- <b> --> c <d" | striptags
  "<a_b>x</a1 y='>'>" | striptags
  "x < y > z <1> <B/>" | striptags
  "<a\\nb>  q \\t r" | striptags
  "<!--a-- ><c>--><d" | striptags
  "<!-->x-->y" | striptags
  "  a  \\r\\n  b  \\n" | striptags(true)
  "a b&c/d?é" | urlencode
  {a: "1 2", "b&": "é"} | urlencode
  [["a", 1], ["b", "x y"]] | urlencode
  5 | urlencode
  "see http://x.org/a?b=1, www.y.com. (z.net) me@x.org or a.txt" | urlize
  "http://example.com/long" | urlize(10)
  "http://example.com/" | urlize(10, true)
  "foo.org:80 <www.a.b> x@y" | urlize
  "a  b\\nc" | urlize
  {b: 1, a: [1, "x", none, {c: true}]} | dump
  {b: 1, a: [1, "x"], c: {}, d: []} | dump(2)
  [1, [2]] | dump("--")
  "a\\"b" | dump
  1 / 0 | dump
  [missing, 0 / 0] | dump
  {a: missing} | dump
  missing | dump
  none | dump
  [] | dump(4)`,
);

export const LIST_FILTERS: readonly Case[] = [
  ...all(
    `[1, 2, 3, 4, 5] | batch(2) | dump
  [1, 2, 3] | batch(2, 0) | dump
  [1, 2, 3] | batch(3, 0) | dump
  [] | batch(2) | dump
  "abc" | batch(2) | dump
  [1, 2, 3, 4, 5] | slice(3) | dump
  [1, 2, 3, 4, 5] | slice(3, "-") | dump
  [1, 2] | slice(4) | dump
  "abcde" | slice(2) | dump
  [1, 2] | first
  "abc" | first
  [] | first
  [1, 2] | last
  "abc" | last
  [] | last
  [1, 2] | join
  [1, none, "a", [2, 3]] | join("-")
  people | join(", ", "name")
  [1, 2] | join(0)
  ["<", ">"] | join("&")
  ["<"] | join("<b>" | e)
  [1, 2, 3] | length
  "abc" | length
  {a: 1, b: 2} | length
  none | length
  missing | length
  5 | length
  0 | length
  false | length
  "<" | e | length
  "abc" | list | dump
  {a: 1} | list | dump
  [1] | list | dump
  [0, 1, "", "a", none] | select | dump
  [0, 1, "", "a"] | reject | dump
  [1, 2, 3, 4] | select("odd") | dump
  [1, 2, 3, 4] | reject("odd") | dump
  [1, 2, 3, 4] | select("divisibleby", 2) | dump
  [1, 2, 3, 4] | select("gt", 2) | dump
  "abc" | select | dump
  people | selectattr("on") | length
  people | rejectattr("on") | dump
  people | selectattr("at.city") | length
  people | groupby("age") | dump
  people | groupby("at.city") | dump
  people | groupby("missing") | dump
  [1, 2, 1] | groupby | dump
  [3, 1, 2] | sort
  [3, 1, 2] | sort(true)
  ["b", "A", "c"] | sort
  ["b", "A", "c"] | sort(false, true)
  people | sort(attribute="age") | join(",", "name")
  people | sort(false, false, "at.city") | join(",", "name")
  people | sort(reverse=true, attribute="name") | join(",", "name")
  "cab" | sort
  [10, 9, "8"] | sort
  missing | sort
  {b: 2, A: 3, c: 1} | dictsort | dump
  {b: 2, A: 3, c: 1} | dictsort(true) | dump
  {b: 2, A: 3, c: 1} | dictsort(false, "value") | dump
  {b: "x", a: "X"} | dictsort(true, "value") | dump
  [1, 2, 3] | sum
  [1, 2, 3] | sum(none, 10)
  people | sum("age")
  people | sum("age", 1)
  ["a", "b"] | sum
  [] | sum
  missing | sum("age")
  missing | join("-", "name") ~ "."
  missing | default("d")
  none | default("d")
  none | default("d", true)
  "" | default("d")
  "" | d("d", true)
  0 | default("d", true)
  missing | default(missing2) | default(5)
  missing.a.b | default("x")
  -5 | abs
  "-5.5" | abs
  "a" | abs
  "3.7abc" | float
  "x" | float
  "x" | float(1.5)
  true | float(2)
  "42.9" | int
  "x" | int(7)
  "ff" | int(0, 16)
  "ff" | int(base=16)
  "zz" | int(default=3)
  [5] | int
  none | int(1)
  4.5 | round
  4.456 | round(2)
  4.45 | round(1, "floor")
  4.41 | round(1, "ceil")
  -4.5 | round
  "4.6" | round
  1234 | round(-2)
  "a" | round
  4.5 | round("a")
  4.56 | round("1")
  4.5 | round(none)
  [1, 2] | reverse | first
  [[1, 2], [3]] | first | last`,
    { people },
  ),
  [
    '{% for c, list in people | groupby("age") %}{{ c }}:{% for p in list %}{{ p.name }}{% endfor %};{% endfor %}',
    { people },
  ],
  ['{% for k, v in {b: 1, a: 2} | dictsort %}{{ k }}{{ v }}{% endfor %}'],
  ['{% for row in [1, 2, 3, 4, 5] | batch(2, "-") %}{{ row | join(" ") }};{% endfor %}'],
];
