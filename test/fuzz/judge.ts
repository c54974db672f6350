import { serialize } from 'node:v8';
import { Refusal } from '../../src/errors.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import type { Engine, Rendering, RenderingLimits } from '../../src/rendering/engine.ts';
import { provePicture } from '../../src/rendering/proof/prove.ts';
import { parseTemplate } from '../../src/rendering/syntax/parse.ts';
import { judgePicture } from './judge-picture.ts';

export interface Verdict {
  /** `rendered`; `over` and the limit that ended the render; `refused while rendering`; or `refused`, when written. */
  readonly outcome: string;
  readonly svg: string | null;
  /** In words; none: the engine kept its promises. */
  readonly faults: readonly string[];
  /** Processor time of the slower of two renders, in milliseconds. */
  readonly took: number;
}

interface Attempt {
  readonly rendering: Rendering | null;
  readonly thrown: unknown;
  readonly took: number;
}

/** Renders twice, the second time from the cache and from frozen args, and compares with what the engine promises. */
export function judge(
  engine: Pick<Engine, 'render'>,
  limits: RenderingLimits,
  template: string,
  args: JsonObject,
): Verdict {
  const before = serialize(args);
  const first = attempt(engine, template, args);
  const faults = before.equals(serialize(args)) ? [] : ['the args were changed'];
  freeze(args);
  const second = attempt(engine, template, args);
  if (spoken(first) !== spoken(second)) faults.push('a second render gives something else');
  const took = Math.max(first.took, second.took);
  if (first.rendering === null) {
    faults.push(...judgeThrown(first.thrown, template));
    return { outcome: outcomeOf(first.thrown, template), svg: null, faults, took };
  }
  const { svg, warnings, steps } = first.rendering;
  if (!(Number.isInteger(steps) && steps > 0 && steps <= limits.maxSteps)) faults.push(`${steps} steps`);
  if (Buffer.byteLength(svg) > limits.maxFrameBytes) faults.push(`${Buffer.byteLength(svg)} bytes`);
  if (warnings.length > 20) faults.push(`${warnings.length} warnings`);
  return { outcome: 'rendered', svg, faults: [...faults, ...judgePicture(svg)], took };
}

function attempt(engine: Pick<Engine, 'render'>, template: string, args: JsonObject): Attempt {
  const start = process.cpuUsage();
  const took = () => process.cpuUsage(start).user / 1000;
  try {
    return { rendering: engine.render(template, args), thrown: null, took: took() };
  } catch (thrown) {
    return { rendering: null, thrown, took: took() };
  }
}

function spoken({ rendering, thrown }: Attempt): string {
  if (rendering !== null) {
    const { svg, warnings, steps } = rendering;
    return JSON.stringify([svg, warnings, steps]);
  }
  return thrown instanceof Refusal ? JSON.stringify([thrown.code, thrown.message, thrown.details]) : String(thrown);
}

function outcomeOf(thrown: unknown, template: string): string {
  try {
    provePicture(parseTemplate(template), template);
  } catch {
    return 'refused';
  }
  const limit = thrown instanceof Refusal ? thrown.details.limit : undefined;
  return typeof limit === 'string' ? `over ${limit}` : 'refused while rendering';
}

function judgeThrown(thrown: unknown, template: string): readonly string[] {
  if (!(thrown instanceof Refusal)) return [`thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}`];
  const { code, message, details } = thrown;
  const faults: string[] = [];
  if (code !== 'TEMPLATE_ERROR') faults.push(`the code ${code}`);
  if (!/^["“<A-Z_&-][\s\S]{8,}/.test(message) || message.includes('undefined ('))
    faults.push(`the message: ${message}`);
  if (message.length > 1000) faults.push(`a message of ${message.length} characters`);
  const { line, column } = details;
  if ((line === undefined) !== (column === undefined)) faults.push(`line ${line}, column ${column}`);
  if (line !== undefined && !isInside(template, line, column)) faults.push(`line ${line}, column ${column} is outside`);
  return faults;
}

function isInside(template: string, line: JsonValue | undefined, column: JsonValue | undefined): boolean {
  const text = template.split('\n')[Number(line) - 1];
  // One past the end is where a template ends too early.
  return text !== undefined && Number.isInteger(column) && Number(column) >= 1 && Number(column) <= text.length + 1;
}

function freeze(value: JsonValue): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part as JsonValue);
}
