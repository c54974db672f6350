import { expect, test } from 'vitest';
import type { Engine, Rendering } from '../../src/rendering/engine.ts';
import { judge } from './judge.ts';
import { judgePicture } from './judge-picture.ts';
import { minimise } from './minimise.ts';
import { fuzz } from './run.ts';

const SECONDS = 10;
/** However slow the machine is, so many are tried. */
const LEAST_CASES = 100;
const SEED = 20261121;
const LIMITS = { maxFrameBytes: 1000, maxSteps: 100 };

test('templates made to break the engine give documented errors or safe pictures, and most reach rendering', {
  timeout: 300_000,
}, () => {
  const end = performance.now() + SECONDS * 1000;
  const { cases, outcomes, failures } = fuzz({
    seed: SEED,
    goesOn: (done) => done < LEAST_CASES || performance.now() < end,
  });
  expect(failures).toEqual([]);
  expect((outcomes.get('refused') ?? 0) / cases).toBeLessThan(0.4);
  expect((outcomes.get('rendered') ?? 0) / cases).toBeGreaterThan(0.3);
});

const svg = (content: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${content}</svg>`;

test.each([
  '<g onload="f()"/>',
  '<g ONLOAD="f()"/>',
  '<g xmlns:e="urn:e" e:onload="f()"/>',
  '<script/>',
  '<SCRIPT/>',
  '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
  '<foreignObject/>',
  '<iframe/>',
  '<img/>',
  '<g xmlns="http://www.w3.org/1999/xhtml"/>',
  '<a href="javascript:f()"/>',
  '<a href=" java&#10;script:f()"/>',
  '<a href="data:text/html,x"/>',
  '<a href="//evil.example/"/>',
  '<use href="https://evil.example/"/>',
  '<image href="data:image/svg+xml;base64,AA"/>',
  '<image xmlns:y="http://www.w3.org/1999/xlink" y:href="https://evil.example/"/>',
  '<g xml:base="https://evil.example/"/>',
  '<set attributeName="xlink:href" to="#a"/>',
  '<set attributeName="fill" to="url(https://evil.example/)"/>',
  '<rect fill="url(https://evil.example/)"/>',
  '<rect fill="u\\72 l(&quot;https://evil.example/&quot;)"/>',
  '<rect style="background:image-set(&quot;x&quot; 1x)"/>',
  '<style>@import "x";</style>',
  '<style>@\\69mport "x";</style>',
  '<style><![CDATA[a{b:URL(x)}]]></style>',
  '<style>a{b:"\\"";c:url(x)}</style>',
  "<style>/*'*/a{b:url(x)}/*'*/</style>",
  '<style>&lt;/style></style>',
  '<style><!-- </style> --></style>',
  '<title><g/></title>',
  '<desc><![CDATA[x]]></desc>',
  '<!--><img/>-->',
  '--frame',
  '\ud800',
  '&#0;',
  '&nbsp;',
  ']]>',
  '<g id="a" id="b"/>',
  '<g>',
  '<x:g/>',
  '<?x y?>',
])('the judge condemns a picture with %j', (content) => {
  expect(judgePicture(svg(content))).not.toEqual([]);
});

test.each([
  ...['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', '<!DOCTYPE svg><svg/>', '<svg/>', '<g/>', ''],
  ...[svg('', ' onload="f()"'), `${svg('')}<g/>`, `x${svg('')}`],
])('the judge condemns the picture %j', (picture) => {
  expect(judgePicture(picture)).not.toEqual([]);
});

test.each([
  '<g data-on="x" id="javascript:" class="url(x)"/>',
  '<a href="https://example.org/?a=1&amp;b=2"><text y="9">x</text></a>',
  '<image href="data:image/png;base64,AA"/><use href="#a"/>',
  '<rect fill="url(#a)" style="fill:url(\'#a\');transform:rotate(3deg)"/>',
  '<style>/* url(x) */@media (width > 1px){.a::before{content:"url(x)"}}</style>',
  '<title>a &lt;script> b</title><!-- a comment --><![CDATA[<script>]]>',
  '<m:data xmlns:m="urn:m" m:a="1"/>',
])('the judge acquits a picture with %j', (content) => {
  expect(judgePicture(svg(content))).toEqual([]);
});

const rendering = (changed: Partial<Rendering>): Rendering => ({
  svg: svg(''),
  warnings: [],
  steps: 1,
  microseconds: 1,
  ...changed,
});
const faultsOf = (render: Engine['render'], args = {}) => judge({ render }, LIMITS, 'x', args).faults;

test('the judge sees what an engine must not do', () => {
  let calls = 0;
  expect(faultsOf(() => rendering({}))).toEqual([]);
  expect(faultsOf(() => rendering({ steps: 101 }))).toEqual(['101 steps']);
  expect(faultsOf(() => rendering({ steps: 1.5 }))).toEqual(['1.5 steps']);
  expect(faultsOf(() => rendering({ steps: ++calls }))).toEqual(['a second render gives something else']);
  expect(faultsOf(() => rendering({ svg: svg(' '.repeat(1000)) }))).toEqual(['1046 bytes']);
  const changing: Engine['render'] = (_, args) => {
    Reflect.set(args, 'a', 2);
    return rendering({});
  };
  expect(faultsOf(changing, { a: 1 })).toEqual(['the args were changed']);
  const throwing = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  expect(faultsOf(throwing)).toEqual([expect.stringContaining('thrown: RangeError')]);
});

test('a failing template is made as small as it goes', () => {
  const template = '<svg>{% for v in values %}<g id="{{ v }}"><text>{{ bad }}</text></g>{% endfor %}</svg>';
  const isBalanced = (text: string) => text.includes('{% for') === text.includes('{% endfor');
  const smallest = minimise({ template, args: { bad: 1, v: 2 } }, (candidate) => {
    return 'bad' in candidate.args && candidate.template.includes('bad') && isBalanced(candidate.template);
  });
  expect(smallest).toEqual({ template: 'bad', args: { bad: 1 } });
});
