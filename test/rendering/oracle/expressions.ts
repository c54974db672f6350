import type { Case } from './case.ts';

/** Each expression stands alone in `{{ }}`; `;` parts them. */
const all = (expressions: string, args = {}): readonly Case[] =>
  expressions
    .split(';')
    .map((expression) => expression.trim())
    .map((expression) => [`{{ ${expression} }}`, args]);

export const OPERATORS: readonly Case[] = [
  ...all('1 + 2; 3 - 5; 2 * 3; 7 / 2; 7 // 2; -7 // 2; 7 % 3; -7 % 3; 2 ** 10; 2 ** 3 ** 2; -2 ** 2; 1 - 2 - 3'),
  ...all('1 + 2 * 3; (1 + 2) * 3; 7 * 3 % 4; 7 % 4 * 3; 10 - 2 + 3; 10 / 2 * 5; 2 * 10 / 4; 9 // 2 * 2; 2 * 9 // 2'),
  ...all('7 // 2 % 3; 17 // 5 // 2; 100 / 7 // 3; -3; +3; - 3 + 5; 5 - -3; 5 + -3; 2 * -3; -(1 + 2); +"4"; -"4"'),
  ...all('"a" + "b"; "a" + 1; 1 + "a"; "3" * "4"; "5" - 2; "a" - 1; true + 1; null + 1; "1" + 2 - 3; 1 + 2 + "3"'),
  ...all('"a" ~ "b"; 1 ~ 2; 1 ~ 2 + 3; 1 + 2 ~ 3; "a" ~ 1 ~ none ~ true; none ~ "x"; 1 ~ 2 == 12; 2 - 1 ~ 5'),
  ...all('1 == 1; 1 == "1"; 1 === "1"; 1 != 2; 1 !== "1"; none == missing; "" == 0; "a" == "a"; null == 0; [] == ""'),
  ...all('1 < 2; "a" < "b"; "10" < "9"; 10 < "9"; 2 >= 2; 2 <= 1; 3 > 2 > 1; 1 < 2 == true; 1 == 2 < 3; "a" < 1'),
  ...all('not true; not 0; not not 1; not 1 == 2; not 1 + 1; not "a" in "abc"; not x; not 1 and 0; not (1 == 2)'),
  ...all('1 and 2; 0 and 2; 0 or 3; 1 or 0; "" or "d"; missing or "d"; 1 and 0 or 5; 0 or none; (0 or 1) and 2'),
  ...all(
    '1 in [1, 2]; "1" in [1]; "b" in "abc"; "z" in "abc"; "a" in {a: 1}; 3 not in [1]; 1 not in [1]; "ab" in ["ab"]',
  ),
  ...all('1 in [1] and 2 in [2]; 1 in "123"; not 1 in [1]; "a" ~ "b" in "cab"; 2 in [1 + 1]; none in [none]'),
  ...all('[1, 2] + "x"; [1] == 1; [2] > 1; {a: 1} + ""; [1, 2] == "1,2"; [3] * 2; [] + []; [[1, 2], 3] ~ ""; -[5]'),
  ...all('1 if true; 1 if false; 1 if false else 2; (1 if true else 2) + 1; 1 + 1 if true else 0; "a" if x else "b"'),
  ...all('1.0; 1.50; 0.1 + 0.2; 1000000 * 1000000 * 1000000 * 10000; 1 / 3; 5 / 0; 0 / 0; 0.000001; 0.0000001; 007'),
  ...all(
    'a.b + a.c[1]; a["b"] * 2; a.c.length + 1; a.d | length; -a.b; not a.b; a.b ** 2; a.c[a.b - 1]; a.c[0] == a.b',
    {
      a: { b: 1, c: [1, 2], d: 'xyz' },
    },
  ),
  ...all(
    '"a" | upper ~ "b"; 1 + "2" | int; -5 | abs; (1 + "2") | int; 3 - 5 | abs; not "" | length; "a" | upper == "A"',
  ),
];

export const TESTS: readonly Case[] = [
  ...all('x is defined; y is defined; x is undefined; y is undefined; x is not defined; y.z is defined', { x: null }),
  ...all(
    '4 is even; 3 is even; 3 is odd; -3 is odd; 4 is not odd; 9 is divisibleby(3); 9 is divisibleby(2); "4" is even',
  ),
  ...all('1 is eq(1); 1 is equalto("1"); 1 is sameas(1); 1 is ne(2); 2 is gt(1); 2 is greaterthan(2); 2 is ge(2)'),
  ...all('1 is lt(2); 1 is lessthan(1); 1 is le(1); "a" is lt("b"); "abc" is lower; "aBc" is lower; "ABC" is upper'),
  ...all(
    'none is null; null is none; 0 is null; missing is null; 1 is number; "1" is number; "a" is string; 1 is string',
  ),
  ...all('0 is falsy; "a" is falsy; "" is truthy; [] is truthy; [1] is iterable; "a" is iterable; 1 is iterable'),
  ...all('{a: 1} is mapping; [1] is mapping; "a" is mapping; none is mapping; 1 is callable; "a" | escape is escaped'),
  ...all('"a" is escaped; not 1 is odd; not (2 is odd); 1 is odd and 2 is even; 3 + 1 is even'),
  ['{% macro m() %}{% endmacro %}{{ m is callable }}{{ m() is escaped }}'],
  ['{% if x is defined and x is number %}n{% elif x is string %}s{% endif %}', { x: 'a' }],
];
