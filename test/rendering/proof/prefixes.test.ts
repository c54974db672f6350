import { expect, test } from 'vitest';
import { engine, pieceText, refusalOf } from '../rendering.ts';

const refusalOfPiece = (piece: string) => refusalOf(`<svg viewBox="0 0 9 9">${piece}</svg>`);

test.each([
  '<g xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:a="2"/>',
  '<g xmlns:x="urn:x"><g xmlns:y="urn:x" x:a="1" y:a="2"/></g>',
  '<g xmlns:y="urn:x"><g xmlns:y="urn:y"></g><g xmlns:x="urn:x" x:a="1" y:a="2"/></g>',
  '<g {% if a %}xmlns:x="urn:x"{% else %}xmlns:x="urn:y"{% endif %} xmlns:y="urn:y" x:a="" y:a=""/>',
  '<g xmlns:x="urn:x" xmlns:y="urn:x" x:a=""{% if a %} y:a=""{% endif %}/>',
  '{% macro m() %}<g x:a="" y:a=""/>{% endmacro %}',
  '{% macro m() %}<g xmlns:x="urn:x" x:a="" y:a=""/>{% endmacro %}',
])('one attribute under two prefixes is refused: %s', (piece) => {
  expect(refusalOfPiece(piece).message).toMatch(/".*:a" and ".*:a" may be the same attribute under two prefixes/);
});

test.each([
  '<g xmlns:x="urn:x" xmlns:y="urn:y" x:a="1" y:a="2" a="3"/>',
  '<g xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:b="2"/>',
  '<g xmlns:x="urn:x"><g xmlns:x="urn:y" xmlns:y="urn:x" x:a="1" y:a="2"/></g>',
])('attributes of two namespaces may share their local name: %s', (piece) => {
  expect(pieceText(piece)).toBe(piece);
});

test.each([
  ['<xml:g/>', /"xml" is a prefix of attributes only/],
  ['<xmlns:g/>', /"xmlns" is a prefix of attributes only/],
  ['{% macro m() %}<xml:g/>{% endmacro %}', /"xml" is a prefix of attributes only/],
  ['<g xmlns:p="http://www.w3.org/XML/1998/namespace"/>', /is not possible/],
  ['<g xmlns:p="http://www.w3.org/2000/xmlns/"/>', /is not possible/],
  ['{{ v | svg }}', /"xml" is a prefix of attributes only/],
])('prefixes and namespaces that XML keeps for itself are refused elsewhere: %s', (piece, message) => {
  const template = `<svg viewBox="0 0 9 9">${piece}</svg>`;
  expect(() => engine.render(template, { v: '<xml:g/>' })).toThrow(message);
});
