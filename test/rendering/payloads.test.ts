import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import { createEngine } from '../../src/rendering/engine.ts';

interface Payload {
  readonly name: string;
  readonly template: string;
  readonly args: JsonObject & { readonly __json__?: string };
  readonly expect: 'blocked' | 'budget' | 'escaped' | 'unpolluted' | 'ok';
  readonly mustNotContain?: string;
}

const file = new URL('../payloads/templates.json', import.meta.url);
const payloads = JSON.parse(readFileSync(file, 'utf8')) as readonly Payload[];
const engine = createEngine({ maxFrameBytes: 2 * 1024 * 1024, maxSteps: 100_000 });

/** What costs stock nunjucks seconds, and the engine so little that no limit is needed. */
const CHEAP_HERE = new Set(['dos_urlize_quadratic', 'dos_parse_nested_for_names', 'dos_parse_ws']);

type Outcome = { readonly svg: string } | { readonly refusal: Refusal };

function render(template: string, args: JsonObject): Outcome {
  try {
    return engine.render(template, args);
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

/** Most payloads are fragments: inside a picture, nothing but the payload itself can be what is refused. */
const insidePicture = (template: string): string =>
  template.includes('<svg') ? template : `<svg xmlns="http://www.w3.org/2000/svg"><text>${template}</text></svg>`;

for (const payload of payloads) {
  const args = payload.args.__json__ === undefined ? payload.args : (JSON.parse(payload.args.__json__) as JsonObject);

  test(`the payload ${payload.name} reaches nothing`, () => {
    const before = JSON.stringify(args);
    for (const template of [payload.template, insidePicture(payload.template)]) {
      const outcome = render(template, args);
      if ('refusal' in outcome) expect(outcome.refusal.code).toBe('TEMPLATE_ERROR');
    }
    const outcome = render(insidePicture(payload.template), args);

    expect(Reflect.get(globalThis, 'PWN')).toBeUndefined();
    expect(Reflect.ownKeys(Object.prototype)).not.toContain('polluted');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(args)).toBe(before);
    if ('svg' in outcome) {
      expect(outcome.svg).not.toContain('PWNED');
      expect(outcome.svg).not.toContain('native code');
      if (payload.mustNotContain !== undefined) expect(outcome.svg).not.toContain(payload.mustNotContain);
      if (payload.expect === 'escaped') expect(activeContent(outcome.svg)).toEqual([]);
    }
    if (payload.expect === 'budget') expect('refusal' in outcome).toBe(!CHEAP_HERE.has(payload.name));
  });
}

/** Script, handlers and references to elsewhere in a picture, found without the engine's own rules. */
function activeContent(svg: string): readonly string[] {
  const tags = svg.match(/<[^!?/](?:[^"'>]|"[^"]*"|'[^']*')*>/g) ?? [];
  const active = /^<(?:\w+:)?script|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|javascript:/i;
  return [...tags.filter((tag) => active.test(tag)), ...(svg.match(/<style[^>]*>[^<]*url\([^<]*/gi) ?? [])];
}
