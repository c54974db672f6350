import { type Case, TEMPLATE } from '../case.ts';

const PREFIX = '<svg xmlns="http://www.w3.org/2000/svg">';
const padded = (bytes: number) => TEMPLATE + ' '.repeat(bytes - TEMPLATE.length);

const TEMPLATES: readonly (readonly [string, string])[] = [
  ['does not parse', `${PREFIX}{% if %}</svg>`],
  ['is broken off inside a tag', `${PREFIX}{{ n `],
  ['never ends its block', `${PREFIX}{% for a in [1] %}</svg>`],
  ['names an unknown filter', `${PREFIX}{{ n | nonsense }}</svg>`],
  ['reads files', `{% include "package.json" %}${PREFIX}</svg>`],
  ['is endless', `${PREFIX}${'{% for a in range(10000) %}'.repeat(4)}x${'{% endfor %}'.repeat(4)}</svg>`],
  ['calls itself for ever', `{% macro m() %}{{ m() }}{% endmacro %}${PREFIX}{{ m() }}</svg>`],
  ['is no XML', `${PREFIX}<g></svg>`],
  ['has two roots', `${PREFIX}</svg><svg/>`],
  ['has no root', 'hello'],
  ['is empty', ''],
  ['has another root', '<html/>'],
  ['brings a DOCTYPE', `<!DOCTYPE svg>${PREFIX}</svg>`],
  ['brings a script', `${PREFIX}<script>1</script></svg>`],
  ['names the boundary', `${PREFIX}<a--frame/></svg>`],
  ['nests 5,000 parentheses', `${PREFIX}{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}</svg>`],
];

/** Templates, and where a session stands. */
export const SESSIONS: readonly Case[] = [
  ...TEMPLATES.map(
    ([what, template]): Case => ({
      what: `a template that ${what}`,
      ask: { do: 'create', name: 'ill', template },
      code: 'TEMPLATE_ERROR',
    }),
  ),
  {
    what: 'a template of 256 KiB and one byte',
    ask: { do: 'create', name: 'ill', template: padded(262_145) },
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    what: 'a template of 256 KiB',
    ask: { do: 'create', name: 'large', template: padded(262_144) },
    code: null,
    REST: 201,
  },
  {
    what: 'a template with half of a surrogate pair',
    ask: { do: 'create', name: 'ill', template: `${PREFIX}\ud800</svg>` },
    code: 'BAD_USER_INPUT',
  },
  {
    what: 'args that end the picture',
    ask: { do: 'push', id: 'fragile', args: '{"bad":true}' },
    code: 'TEMPLATE_ERROR',
  },
  { what: 'a push to a session that vanished', ask: { do: 'push', id: 'alice/gone', args: '{}' }, code: 'NOT_FOUND' },
  { what: 'a merge into it', ask: { do: 'merge', id: 'alice/gone', args: '{}' }, code: 'NOT_FOUND' },
  { what: 'its deletion', ask: { do: 'delete', id: 'alice/gone' }, code: 'NOT_FOUND' },
  { what: 'a push to a public one that never was', ask: { do: 'push', id: 'never', args: '{}' }, code: 'NOT_FOUND' },
  {
    what: 'a condition that does not hold',
    ask: { do: 'push', id: 'kept', args: '{"n":"stale"}', onlyIf: 'stale' },
    code: 'CONFLICT',
    REST: 412,
  },
  {
    what: 'the same for a merge into an owned one',
    ask: { do: 'merge', id: 'alice/kept', args: '{"n":"stale"}', onlyIf: 'stale' },
    code: 'CONFLICT',
    REST: 412,
  },
  { what: 'a bug of ours', ask: { do: 'merge', id: 'damaged', args: '{"n":"x"}' }, code: 'INTERNAL' },
  {
    what: 'a push while the store is out of reach',
    ask: { do: 'push', id: 'kept', args: '{"n":"away"}' },
    storeAway: true,
    embedded: { cannot: 'it lives in the process that asks it' },
    code: 'UNAVAILABLE',
  },
];
