import { expect, test } from 'vitest';
import { GALLERY } from '../../src/gallery/gallery.ts';
import { CREATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

test('anybody reads the gallery, and a session made from any of it shows a picture', async () => {
  const { data, errors } = await setup.anonymous('{ templates { id title description template args } }');
  expect(errors).toBeUndefined();
  expect(data.templates).toEqual(GALLERY);
  for (const { template, args } of data.templates) {
    const created = await setup.anonymous(CREATE, { input: { public: true, ttlSeconds: 60, template, args } });
    expect(created.data.createSession).toMatchObject({ args, warnings: [] });
  }
});

test('its pictures come drawn, for dark pages and for light ones', async () => {
  const { data, errors } = await setup.anonymous('{ templates { id svg light: svg(theme: LIGHT) } }');
  expect(errors).toBeUndefined();
  const render =
    'query ($template: String!, $args: JSONObject!) { renderTemplate(template: $template, args: $args) { svg } }';
  for (const [at, { id, template, args }] of GALLERY.entries()) {
    const { svg: dark, light } = data.templates[at];
    for (const [theme, svg] of Object.entries({ dark, light })) {
      const rendered = await setup.anonymous(render, { template, args: { ...args, theme } });
      expect(svg, `${id}, ${theme}`).toBe(rendered.data.renderTemplate.svg);
    }
  }
});
