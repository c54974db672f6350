import type { Refusal } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import { PLAIN_WRITING } from '../../src/rendering/compile/scope.ts';
import { compileTemplate, type Program } from '../../src/rendering/compile/template.ts';
import { parseTemplate } from '../../src/rendering/syntax/parse.ts';
import { refusalBy } from './rendering.ts';

/** A template that need not be a picture, as nunjucks takes it. */
export const compilePlain = (source: string): Program => compileTemplate(parseTemplate(source), PLAIN_WRITING);

const LIMITS = { maxSteps: 100_000, maxOut: 100_000 };

export const plainRefusalOf = (template: string, args: JsonObject = {}): Refusal =>
  refusalBy(() => compilePlain(template).evaluate(args, LIMITS));
