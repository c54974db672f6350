import { expect, test } from 'vitest';
import { html } from '../../src/console/html.ts';

test('every character that means something to an HTML parser is escaped, in text and in attributes', () => {
  const hostile = `"><script>alert('1')</script>&amp;`;
  const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;';
  expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('markup made by html is not escaped again, one or many', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${html`<hr>`}`.markup).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>');
});

test('numbers are written, and null is nothing', () => {
  expect(html`${0}${null}${1.5}`.markup).toBe('01.5');
});
