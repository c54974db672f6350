import { type Caller, fullySignedIn } from '../auth/caller.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Rendering } from '../rendering/engine.ts';
import type { Templates } from '../rendering/templates.ts';
import { checkArgs } from './args.ts';
import { checkSizes, type SessionLimits } from './picture.ts';

/** What came of trying a template. */
export interface Preview {
  /** null: the template was refused. */
  readonly rendering: Rendering | null;
  /** TEMPLATE_ERROR, with its details; null: the template was rendered. */
  readonly refusal: Refusal | null;
}

/** Trying a template, as a write would render it. Nothing is stored. */
export interface Previews {
  /**
   * Whoever may create a session may try a template: anybody, but no key that is for something else.
   *
   * @returns rejects with Refusal FORBIDDEN, PAYLOAD_TOO_LARGE, BAD_USER_INPUT, UNAVAILABLE; a template that is refused
   *   is an answer
   */
  preview(caller: Caller, template: string, args: JsonObject): Promise<Preview>;
}

export function createPreviews(templates: Templates, limits: SessionLimits): Previews {
  return {
    async preview(caller, template, args) {
      if (caller.user !== null) fullySignedIn(caller);
      checkSizes(template, checkArgs(args, 'args'), limits);
      try {
        return { rendering: await templates.render(template, args), refusal: null };
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'TEMPLATE_ERROR') throw error;
        return { rendering: null, refusal: error };
      }
    },
  };
}

/** The same for a server on which strangers write nothing. */
export function signedInPreviews(previews: Previews): Previews {
  return {
    async preview(caller, template, args) {
      if (caller.user === null) {
        throw new Refusal('FORBIDDEN', 'This server renders nothing for strangers: sign in first.');
      }
      return previews.preview(caller, template, args);
    },
  };
}
