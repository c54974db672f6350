import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../json.ts';
import { compileTemplate, type Program } from './compile/template.ts';
import { finishFrame } from './frame/finish.ts';
import { provePicture } from './proof/prove.ts';
import { parseTemplate } from './syntax/parse.ts';
import { describeVariables, type Variable } from './variables/variables.ts';

export interface RenderingLimits {
  /** UTF-8 bytes of one frame. */
  readonly maxFrameBytes: number;
  /** Budget of one render, in steps; 100,000 is what the engine's own limits are made for. */
  readonly maxSteps: number;
}

export interface Rendering {
  /** Well-formed XML, `<svg>` root with its namespace, no XML declaration, no BOM, nowhere the bytes `--frame`. */
  readonly svg: string;
  /** For example `"price" is not defined (line 3, column 12)`: each variable once, in order, at most 20. */
  readonly warnings: readonly string[];
  /** What the render cost. The same template, args and time always cost the same. */
  readonly steps: number;
  /** How long it took to evaluate the template and to finish the frame; compiling is not in it. */
  readonly microseconds: number;
}

/** Renders at once, where it is called. */
export interface Engine {
  /**
   * Compiles and renders. A compiled template is kept, by its source.
   *
   * @param args a parsed JSON object; never changed.
   * @throws Refusal TEMPLATE_ERROR, with `line` and `column` (from 1) where they are known; a limit that was exceeded
   *   stands in `limit`, `used` and `allowed`.
   */
  render(source: string, args: JsonObject): Rendering;
  /** As `describeVariables`: reads the template, and renders nothing. @throws Refusal TEMPLATE_ERROR when it does not parse */
  describe(source: string): readonly Variable[];
}

const CACHE_BYTES = 64 * 1024 * 1024;
/** What a compiled template takes at most, measured: its closures, and its source, which is the key. */
const BYTES_PER_TEMPLATE = 1024;
const BYTES_PER_NODE = 128;
const BYTES_PER_CHARACTER = 2;

interface Picture extends Program {
  /** What is said of every render. */
  readonly warnings: readonly string[];
}

function compilePicture(source: string): Picture {
  const template = parseTemplate(source);
  const proof = provePicture(template, source);
  return { ...compileTemplate(template, { ...proof, isProven: true }), warnings: proof.warnings };
}

/** @param clock milliseconds since 1970: the time of a render, which its template can read. */
export function createEngine({ maxFrameBytes, maxSteps }: RenderingLimits, clock: () => number = Date.now): Engine {
  const programs = new LRUCache<string, Picture>({
    maxSize: CACHE_BYTES,
    sizeCalculation: ({ nodes }, source) =>
      BYTES_PER_TEMPLATE + nodes * BYTES_PER_NODE + source.length * BYTES_PER_CHARACTER,
  });
  return {
    render(source, args) {
      let program = programs.get(source);
      if (program === undefined) {
        program = compilePicture(source);
        programs.set(source, program);
      }
      const start = performance.now();
      const { text, warnings, steps } = program.evaluate(args, { maxSteps, maxOut: maxFrameBytes }, clock());
      const svg = finishFrame(text, maxFrameBytes);
      const microseconds = Math.ceil((performance.now() - start) * 1000);
      return { svg, warnings: [...program.warnings, ...warnings], steps, microseconds };
    },
    describe: describeVariables,
  };
}
