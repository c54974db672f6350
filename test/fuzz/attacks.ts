import type { Random } from './random.ts';

/** What a browser that is fooled would call, and would load. */
export const SCRIPT = 'fired(1)';
export const ELSEWHERE = 'https://evil.example/x';

const MARKUP = [
  `"><script>${SCRIPT}</script>`,
  `'><script>${SCRIPT}</script>`,
  `<img src=x onerror=${SCRIPT}>`,
  `</style><img src=x onerror=${SCRIPT}>`,
  `</title><img src=x onerror=${SCRIPT}>`,
  `" onload="${SCRIPT}`,
  `' onload='${SCRIPT}`,
  `x onload=${SCRIPT} `,
  `--><script>${SCRIPT}</script>`,
  `--!><img src=x onerror=${SCRIPT}>`,
  `><img src=x onerror=${SCRIPT}>`,
  `]]><script>${SCRIPT}</script><![CDATA[`,
  `?><script>${SCRIPT}</script>`,
  `</svg><script>${SCRIPT}</script>`,
  `<svg onload=${SCRIPT}>`,
  `&lt;script&gt;${SCRIPT}&lt;/script&gt;`,
  `&#60;script&#62;${SCRIPT}`,
  `</p><style><a id="</style><img src=1 onerror=${SCRIPT}>">`,
  `<!--`,
  `<![CDATA[`,
  `<!DOCTYPE svg [<!ENTITY a "b">]>`,
  `{{ 7 * 7 }}{% raw %}`,
];

const URLS = [
  `javascript:${SCRIPT}`,
  `vbscript:${SCRIPT}`,
  `data:text/html,<script>parent.${SCRIPT}</script>`,
  `data:image/svg+xml;base64,PHN2Zy8+`,
  `data:image/png;base64,AAAA`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${SCRIPT}'/>`,
  `data:image/png,<svg onload=${SCRIPT}>`,
  ELSEWHERE,
  '//evil.example/x',
  '\\\\evil.example\\x',
  '/x',
  'x.svg#a',
  'file:///etc/passwd',
  'blob:https://evil.example/x',
  '#a',
  '#',
  '',
];

const STYLES = [
  `url(${ELSEWHERE})`,
  `url("${ELSEWHERE}")`,
  `URL( '${ELSEWHERE}' )`,
  `u\\72l(${ELSEWHERE})`,
  `\\75\\72\\6c(${ELSEWHERE})`,
  `red;background:url(${ELSEWHERE})`,
  `red}*{background:url(${ELSEWHERE})}`,
  `}@import "${ELSEWHERE}";`,
  `@import url(${ELSEWHERE})`,
  `image-set("${ELSEWHERE}" 1x)`,
  `-webkit-image-set("${ELSEWHERE}" 1x)`,
  `cross-fade(url(${ELSEWHERE}), red)`,
  `src("${ELSEWHERE}")`,
  `image("${ELSEWHERE}")`,
  `var(--b, url(${ELSEWHERE}))`,
  `expression(${SCRIPT})`,
  `url(#a)`,
  `url(data:text/html,x)`,
  `url(${ELSEWHERE}`,
  `rgb(1, 2, 3)`,
  `/*`,
  `*/`,
  `"`,
  `'`,
  `\\`,
  `\\22`,
  `;}`,
  `{`,
  `(`,
  `)`,
  `#22c55e`,
  `translate(10 20) rotate(3)`,
];

/** What can finish something that the template begins, or begin what it finishes. */
const PARTS = [
  'url(',
  'url',
  'u',
  'l(',
  '(',
  '#',
  'lt',
  'amp',
  '#60',
  'x3c',
  '60',
  'script',
  'on',
  'load',
  'href',
  'ame',
];

const CHARACTERS = [
  '\0',
  '\x07',
  '\x1b[31m',
  '\x7f',
  '\x85',
  '\ud800',
  '\udc00',
  '\udc00\ud800',
  '\ufffe',
  '\uffff',
  '\u{1fffe}',
  '\ufeff',
  '\u202e',
  '\u2028',
  '\r\n',
  '\r',
  '\t',
  '\n\n',
  '--frame',
  '--fra',
  'ame',
  '-',
  '--',
  '\r\n--frame\r\nContent-Type: text/html\r\n\r\n',
  'é',
  'ı',
  'ſ',
  'K',
  'ß',
  '😀',
  '\u0301',
];

const WORDS = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'toJSON'];

/** A text made to be misread by whatever reads it. */
export function attack(random: Random): string {
  switch (random.below(8)) {
    case 0:
    case 1:
      return random.pick(MARKUP);
    case 2:
      return disguised(random, random.pick(URLS));
    case 3:
    case 4:
      return disguised(random, random.pick(STYLES));
    case 5:
      return random.pick(PARTS);
    case 6:
      return random.pick([...CHARACTERS, ...WORDS]);
    default:
      return random.several(1, 4, () => random.pick([...MARKUP, ...URLS, ...STYLES, ...PARTS, ...CHARACTERS])).join('');
  }
}

export const attackingUrl = (random: Random): string => disguised(random, random.pick(URLS));
export const attackingStyle = (random: Random): string => disguised(random, random.pick(STYLES));

/** The same to a browser, or nearly, in other characters. */
function disguised(random: Random, text: string): string {
  if (random.chance(60)) return text;
  const at = random.below(text.length + 1);
  const [before, character, after] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
  const code = (character || 'a').charCodeAt(0);
  const other = random.pick([
    character.toUpperCase(),
    `&#${code};`,
    `&#x${code.toString(16)};`,
    `&#0${code}`,
    `\\${code.toString(16)} `,
    `\\${character}`,
    `/**/${character}`,
    `\t${character}`,
    `\n${character}`,
    `&#9;${character}`,
    `&Tab;${character}`,
    ` ${character}`,
    `\0${character}`,
    `\u00ad${character}`,
    `${character}${character}`,
    '',
  ]);
  return random.pick([before + other + after, ` ${text}`, `\x01${text}`, `\u00a0${text}`, `\ufeff${text}`]);
}
