import { type Case, expressions } from './case.ts';

export const NUMBERS: readonly Case[] = expressions(`
  0
  00
  1.
  1.10
  0.1
  100000000000000000000
  1000000000000000000000
  123456789.123456789
  0.00001
  2 / 3 * 3
  0.1 * 3
  9007199254740993
  -0
  0 * -1
  1 / -0
  5 % 3
  -5 % 3
  5 % -3
  5.5 % 2
  5 // 2
  -5 // 2
  5 // -2
  5.5 // 1.5
  2 ** 0.5
  2 ** -1
  4**5
  9//5
  9%5
  3 + 4 - 5 * 6 / 10
  (1 + 2) * (3 + 4)
  1 - -1
  1 - (-1)
  1 +2
  1 -2
  2 * 3 % 4
  10 / 4 * 2
  10 // 4 * 2
  2 + 3 ** 2
  -3 ** 2
  (-3) ** 2
  1000 | string | length
  (1 / 0) | string
  -(-(3))
`);

export const STRINGS: readonly Case[] = expressions(String.raw`
  "double" ~ 'single'
  "it's" ~ 'say "x"'
  "a\"b"
  'a\'b'
  "tab\tnew\nret\rslash\\"
  "\a\b\c\u0041\x41\0"
  "{{ x }}"
  "{% if %}"
  "#} %} }}"
  "a" + "b" + 1 + 2
  1 + 2 + "a"
  "abc"[0] ~ "abc"[2] ~ "abc"[3]
  "abc".length
  "abc"["length"]
  "😀".length ~ "😀"[0]
  "" ~ ""
  "<b>&'\"\\</b>"
  "é ü ß ﬁ" | upper
  "İI" | lower
  "ab" * 2
  "6" / "2"
  "6" - 1
  "6" + 1
  +"6" + 1
  -"6"
  "a" < "B"
  "a" == 'a'
  "1" == 1
  "1" === 1
  " 1 " == 1
  "" == false
  "a" ~ none
  "a" ~ missing
  "a" ~ true
  "a" ~ [1, 2]
  "a" ~ {b: 1}
  "a" ~ 1.50
  "" or "b"
  "a" and "b"
  not ""
  "a" in "cab"
  "" in ""
  "b" not in "cab"
  "x" if "" else "y"
`);

const data = {
  o: { a: 1, 'b c': 2, d: { e: [10, { f: 'deep' }] }, 0: 'zero', if: 'word', length: 'own' },
  l: [1, 'two', [3, [4]], null, { k: 'v' }],
  key: 'a',
  i: 1,
  t: 'text',
};

export const COLLECTIONS: readonly Case[] = expressions(
  `
  []
  [1,2,3]
  [1, [2, [3, []]], "a", none, missing, true]
  {}
  {a: 1} | dump
  {"a": 1, 'b': 2, c: "x"} | dump
  {a: {b: [1, {c: none} ]} } | dump
  {a: 1, a: 2} | dump
  {"1": "x", b: 2} | dump
  { a : 1 , b : [ 2 ] } | dump
  {a: 1}.a
  {a: 1}["a"]
  [5, 6][1]
  [5, 6][0] + [7][0]
  [[1, 2], [3]][0][1]
  (1)
  (1, 2, 3)
  ((1 + 2)) * 2
  (1, "a")
  [1, 2] == [1, 2]
  [1] == "1"
  [] + 1
  [1, 2] + [3]
  {} + ""
  [2] * [3]
  o.a
  o["a"]
  o["b c"]
  o[key]
  o[key ~ ""]
  o.d.e[0]
  o.d["e"][1].f
  o.d.e[1]["f"] | upper
  o.missing
  o.missing.x.y[0]
  o[0]
  o["0"]
  o.if
  o.length
  o | length
  l[0]
  l[i]
  l[i + 1][0]
  l[i - 1]
  l["1"]
  l[-1]
  l[9]
  l[0.5]
  l.length
  l[2][1][0]
  l[4].k
  l[l.length - 1].k
  l[missing]
  o[missing]
  missing[0]
  missing["a"].b
  t[0]
  t[t.length - 1]
  t.missing
  none.x
  l
  o
  l[3]
  l | length
  key in o
  "z" in o
  "two" in l
  2 in l
  none in l
  "a" in key
  key == "a" and i < 2 or t
  o.a + l[0] * 2
  o.a if o.a else l
  [o.a, l[1]] | join("-")
  {x: o.a}.x
  {x: l}.x[1]
  o == o
  l === l
  o.d.e == "10,[object Object]"
`,
  data,
);

export const INLINE_IFS: readonly Case[] = expressions(
  `
  "yes" if true
  "yes" if false
  "yes" if true else "no"
  "yes" if false else "no"
  "yes" if missing else "no"
  "a" if 0 else ("b" if 0 else "c")
  ("a" if 1 else "b") ~ "!"
  "a" ~ "b" if 1 else "c" ~ "d"
  "a" if 1 and 0 else "b"
  "a" if not 1 else "b"
  "a" if i in l else "b"
  "a" if i is odd else "b"
  "a" if i == 1 else "b"
  "a" if i > 1 else "b"
  1 + 1 if true else 5
  [1 if true else 2, 3 if false else 4]
  {a: 1 if false else 2}.a
  "x" | upper if true else "y"
  ("x" if false else "y") | upper
  range(3 if true else 1)
  o[key if true else "z"]
  "a" if (true if false else true) else "b"
  none if true else 1
  missing if true else 1
  (1 if false) is defined
  (1 if false) == ""
`,
  data,
);
