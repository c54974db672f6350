import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { pictureDescription, pictureHead, pictureTitle } from '../../src/console/picture-head.ts';
import type { SessionId } from '../../src/sessions/session-id.ts';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';

const BASE = 'https://pictures.example';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"/>';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements, read by a parser that knows nothing of ours; fails at text between them. */
function elementsOf(markup: string): readonly Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) =>
    elements.push({ name, attributes: { ...attributes } as Element['attributes'] }),
  );
  parser.on('text', (text) => expect(text.trim()).toBe(''));
  parser.write(`<head>${markup.replace(/>\n/g, '/>\n')}</head>`).close();
  return elements.slice(1);
}

function metaOf(elements: readonly Element[]): Map<string, string> {
  const metas = elements.filter(({ name }) => name === 'meta');
  return new Map(metas.map(({ attributes: { property, name, content } }) => [property ?? name ?? '', content ?? '']));
}

const headOf = (id: SessionId, svg = SVG) => elementsOf(pictureHead({ base: BASE, id, svg }).markup);

describe('the head of a picture', () => {
  it('names the picture, its page and its snapshot in absolute addresses, for Open Graph and for cards', () => {
    const elements = headOf({ owner: 'alice', name: 'my chart' });
    const page = `${BASE}/session/alice/my%20chart`;
    const snapshot = `${BASE}/snapshot/alice/my%20chart`;
    expect(Object.fromEntries(metaOf(elements))).toEqual({
      'og:type': 'website',
      'og:site_name': 'realtime-svg',
      'og:title': 'alice/my chart',
      'og:description': 'The live picture my chart by alice. It follows every change by itself.',
      'og:url': page,
      'og:image': snapshot,
      'og:image:type': 'image/svg+xml',
      'og:image:width': '640',
      'og:image:height': '360',
      'og:image:alt': 'The picture alice/my chart',
      'twitter:card': 'summary_large_image',
      'twitter:title': 'alice/my chart',
      'twitter:description': 'The live picture my chart by alice. It follows every change by itself.',
      'twitter:image': snapshot,
      'twitter:image:alt': 'The picture alice/my chart',
    });
    expect(elements.filter(({ name }) => name === 'link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'canonical', href: page },
      { rel: 'alternate', type: 'image/svg+xml', href: snapshot },
    ]);
  });

  it('is silent about a size that the picture does not name', () => {
    const meta = metaOf(headOf({ owner: null, name: 'x' }, '<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>'));
    expect([...meta.keys()].filter((key) => /width|height/.test(key))).toEqual([]);
    expect(meta.get('og:description')).toBe('The live picture x. It follows every change by itself.');
  });

  it.each([
    '"><script>alert(1)</script>',
    "' onload='x",
    '&quot;&#34;&lt;script&gt;',
    '<!-- --><meta http-equiv="refresh" content="0;url=//evil">',
    ']]><base href=//evil>',
    '\u2028\u2029\u202e</title>',
    '😀 한국어 é',
    'javascript:alert(1)',
    '?a#b%2f\\..',
  ])('lets no name out of its attribute: %j', (name) => {
    for (const owner of [null, name]) {
      const id = { owner, name };
      const elements = headOf(id);
      const whole = owner === null ? name : `${owner}/${name}`;
      expect(new Set(elements.map((element) => element.name))).toEqual(new Set(['link', 'meta']));
      expect(elements).toHaveLength(17);
      for (const { attributes } of elements) {
        expect(Object.keys(attributes).every((key) => /^(rel|href|type|property|name|content)$/.test(key))).toBe(true);
      }
      const meta = metaOf(elements);
      expect(meta.get('og:title')).toBe(whole);
      expect(pictureTitle(id)).toBe(`${whole} · realtime-svg`);
      expect(meta.get('og:description')).toBe(pictureDescription(id));
      for (const key of ['og:url', 'og:image', 'twitter:image']) {
        const url = new URL(meta.get(key) ?? '');
        expect([url.origin, url.search, url.hash]).toEqual([BASE, '', '']);
        expect(url.pathname.split('/').slice(2).map(decodeURIComponent).join('/')).toBe(whole);
      }
    }
  });

  it('stands in the page that is served, at the address of the server and not that of a forged Host', async () => {
    const app = await appForTest({ publicUrl: BASE });
    await call(app.url, 'POST', '/api/session', { session_id: 'card', template: SVG });
    const markup = await (await fetch(`${app.url}/session/card`)).text();
    expect(markup).toContain(pictureHead({ base: BASE, id: { owner: null, name: 'card' }, svg: SVG }).markup);
    expect(markup.indexOf('og:image')).toBeLessThan(markup.indexOf('</head>'));
    const image = await fetch(`${app.url}/snapshot/card`);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });
});
