import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { engine } from './rendering.ts';

const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: codeUnit }));
const special = fc.constantFrom(
  '--frame',
  ']]>',
  '<script>',
  '"',
  "'",
  '&',
  '\\',
  '\0',
  '\ud800',
  '\ufffe',
  '{{ x }}',
  '\r\n',
  '\t',
);
const anyArg = fc.array(fc.oneof(anyText, special), { maxLength: 6 }).map((parts) => parts.join(''));

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters that XML 1.0 forbids.
const replaced = (text: string) => text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');
/** What an XML parser makes of line ends (XML 1.0, 2.11), and in attributes of all white space (3.3.3). */
const asText = (text: string) => replaced(text).replace(/\r\n?/g, '\n');
const asAttribute = (text: string) => asText(text).replace(/[\t\n]/g, ' ');

test('any text in an arg is well-formed XML, and is read back as it was', () => {
  const template = '<svg><text id="{{ a }}" class=\'{{ a }}\'>{{ a }}</text></svg>';
  fc.assert(
    fc.property(anyArg, (a) => {
      const { svg } = engine.render(template, { a });
      expect(svg).not.toContain('--frame');
      let text = '';
      let attributes: Record<string, string> = {};
      const parser = new SaxesParser();
      parser.on('text', (content) => {
        text += content;
      });
      parser.on('opentag', (tag) => {
        attributes = tag.attributes;
      });
      parser.write(svg).close();
      expect(text).toBe(asText(a));
      expect({ ...attributes }).toEqual({ id: asAttribute(a), class: asAttribute(a) });
    }),
    { seed: 20261121, numRuns: 500 },
  );
});

const pieces = fc.constantFrom(
  ...['{{', '}}', '{%', '%}', '{#', '#}', '-', ' ', '\n', 'if', 'for', 'in', 'set', 'macro', 'call', 'endif', 'endfor'],
  ...[
    'else',
    'elif',
    'raw',
    'endraw',
    'switch',
    'case',
    'default',
    'filter',
    'endfilter',
    'is',
    'not',
    'and',
    'or',
    'x',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '.',
    ',',
    ':',
    '|',
    '~',
    '=',
    '==',
    '**',
    '//',
    '<',
    '"',
    "'",
    '\\',
    '1',
    '2.5',
    'r/',
    '/',
  ],
  ...[
    'range',
    'loop',
    'caller',
    'upper',
    'join',
    'sort',
    'defined',
    '__proto__',
    'constructor',
    '<svg>',
    '</svg>',
    '\ud800',
  ],
);
const tags = fc.constantFrom(
  ...['{% if x %}', '{% else %}', '{% endif %}', '{% for a, b in x %}', '{% endfor %}', '{% set x %}', '{% endset %}'],
  ...[
    '{% macro m(a, b=1) %}',
    '{% endmacro %}',
    '{{ m(x) }}',
    '{% call m() %}',
    '{% endcall %}',
    '{% set x = [x, x] %}',
  ],
);

test('a template of garbage is refused or rendered, and nothing else is thrown', () => {
  const garbage = fc.array(fc.oneof(pieces, pieces, tags), { maxLength: 25 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(garbage, fc.jsonValue(), (piece, x) => {
      for (const template of [piece, `<svg>${piece}</svg>`]) {
        try {
          engine.render(template, { x: x as null });
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect((error as Refusal).code).toBe('TEMPLATE_ERROR');
        }
      }
    }),
    { seed: 20261121, numRuns: 600 },
  );
});
