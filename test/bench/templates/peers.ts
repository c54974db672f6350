import { Eta } from 'eta';
import Handlebars from 'handlebars';
import { Liquid } from 'liquidjs';
import nunjucks from 'nunjucks';
import type { JsonObject } from '../../../src/json.ts';
import type { Language } from './pictures.ts';

export interface Peer {
  readonly name: string;
  readonly language: Language;
  /** Whether it is made to run strangers' templates: no way from a template to the code around it. */
  readonly safe: boolean;
  /** Compiles, as the engine's users do once per template, and returns what they call for each picture. */
  prepare(source: string): (args: JsonObject) => string;
}

/** Other engines, each with its escaping on and with whatever it offers to compile a template once. */
export function createPeers(): readonly Peer[] {
  // No loader: nothing is ever looked for on the disk.
  const environment = new nunjucks.Environment([], { autoescape: true });
  const liquid = new Liquid({ outputEscape: 'escape' });
  const eta = new Eta({ autoEscape: true });
  const handlebars = Handlebars.create();
  handlebars.registerHelper('upper', (text: string) => text.toUpperCase());
  handlebars.registerHelper('linear', (x: number, factor: number, offset: number) => x * factor + offset);
  handlebars.registerHelper('above', (x: number, limit: number) => x > limit);
  return [
    {
      name: 'nunjucks',
      language: 'nunjucks',
      safe: false,
      prepare(source) {
        const template = new nunjucks.Template(source, environment, undefined, true);
        return (args) => template.render(args);
      },
    },
    {
      name: 'LiquidJS',
      language: 'liquid',
      safe: true,
      prepare(source) {
        const parsed = liquid.parse(source);
        return (args) => liquid.renderSync(parsed, args);
      },
    },
    {
      name: 'Eta',
      language: 'eta',
      safe: false,
      prepare(source) {
        const compiled = eta.compile(source);
        return (args) => eta.render(compiled, args);
      },
    },
    {
      name: 'Handlebars',
      language: 'handlebars',
      safe: false,
      prepare: (source) => handlebars.compile(source),
    },
  ];
}
