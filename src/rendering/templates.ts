import type { JsonObject } from '../json.ts';
import { createEngine, type Rendering, type RenderingLimits } from './engine.ts';
import type { Variable } from './variables/variables.ts';

export interface Templates {
  /**
   * Renders a template that may be anybody's.
   *
   * @param args a parsed JSON object; never changed.
   * @throws Refusal TEMPLATE_ERROR, as the engine does
   */
  render(source: string, args: JsonObject): Promise<Rendering>;
  /** The variables that a template reads. @throws Refusal TEMPLATE_ERROR when it does not parse */
  describe(source: string): Promise<readonly Variable[]>;
}

export function createTemplates(limits: RenderingLimits): Templates {
  const engine = createEngine(limits);
  return {
    render: async (source, args) => engine.render(source, args),
    describe: async (source) => engine.describe(source),
  };
}
