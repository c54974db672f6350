import { describe, expect, test } from 'vitest';
import { refusalOf, renderPiece } from './rendering.ts';

const levels = (count: number, level: (n: number) => string): string =>
  `<svg viewBox="0 0 9 9">${Array.from({ length: count }, (_, n) => level(n)).join('')}</svg>`;

describe('a picture that would keep browsers drawing for ever is refused', () => {
  test.each<[string, (n: number) => string]>([
    ['uses of uses', (n) => `<g id="a${n + 1}"><use href="#a${n}"/><use href="#a${n}"/></g>`],
    ['by the older name, encoded', (n) => `<g id="a${n + 1}"><use href="&#35;a${n}"/><use href=" #a${n}"/></g>`],
    [
      'in symbols, deep inside',
      (n) => `<symbol id='a${n + 1}'><g><use href='#a${n}'/></g><use href='#a${n}'/></symbol>`,
    ],
    [
      'patterns of patterns',
      (n) => `<pattern id="a${n + 1}"><g fill="url(#a${n})"/><g style="fill:url( '#a${n}' )"/></pattern>`,
    ],
    ['ids inside of ids', (n) => `<g id="a${n + 1}"><g id="b${n}"><use href="#a${n}"/><use href="#a${n}"/></g></g>`],
  ])('%s', (_, level) => {
    const { message, details } = refusalOf(levels(30, level));
    expect(message).toContain('let fewer refer to one another');
    expect(details).toMatchObject({ limit: 'drawn elements', allowed: 100_000, used: expect.any(Number) });
  });

  test('made by a loop, and through a style sheet', () => {
    const loop =
      '{% for n in range(40) %}<g id="a{{ n + 1 }}"><use href="#a{{ n }}"/><use href="#a{{ n }}"/></g>{% endfor %}';
    expect(refusalOf(`<svg viewBox="0 0 9 9">${loop}</svg>`).details).toMatchObject({ limit: 'drawn elements' });
    const classes = Array.from({ length: 30 }, (_, n) => `.c${n}{fill:url(#a${n})}`).join('');
    const patterns =
      '{% for n in range(30) %}<pattern id="a{{ n + 1 }}"><g class="c{{ n }}"/><g class="c{{ n }}"/></pattern>{% endfor %}';
    const sheet = `<svg viewBox="0 0 9 9"><style>${classes}</style>${patterns}</svg>`;
    expect(refusalOf(sheet).details).toMatchObject({ limit: 'drawn elements' });
  });
});

test.each([
  [
    'a thousand points of one shape',
    '<g id="p"><path d="M0 0"/></g>{% for n in range(1000) %}<use href="#p" x="{{ n }}"/>{% endfor %}',
  ],
  [
    'bars with one gradient',
    '<linearGradient id="g"><stop/><stop/></linearGradient>{% for n in range(1000) %}<rect fill="url(#g)"/>{% endfor %}',
  ],
  [
    'a circle of references',
    '{% for n in range(20) %}<g id="a{{ n }}"><use href="#a{{ (n + 1) % 20 }}"/></g>{% endfor %}',
  ],
  [
    'a style sheet of gradients',
    '<style>.a{fill:url(#g)}.b{fill:url(#h)}</style><linearGradient id="g"/><linearGradient id="h"/>{% for n in range(50) %}<rect class="a" stroke="url(#g)"/>{% endfor %}',
  ],
])('what is common is not: %s', (_, piece) => {
  expect(renderPiece(piece).svg).toContain('#');
});
