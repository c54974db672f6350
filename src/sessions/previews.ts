import { type Caller, fullySignedIn } from '../auth/caller.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Rendering } from '../rendering/engine.ts';
import type { Templates } from '../rendering/templates.ts';
import type { Variable } from '../rendering/variables/variables.ts';
import { checkArgs } from './args.ts';
import { checkSizes, NEWCOMERS, partyOf, type SessionLimits } from './picture.ts';

/** What came of trying a template. */
export interface Preview {
  /** null: the template was refused. */
  readonly rendering: Rendering | null;
  /** TEMPLATE_ERROR, with its details; null: the template was rendered. */
  readonly refusal: Refusal | null;
  /** The variables that the template reads, found when they are first asked for; none when it does not parse. */
  readonly variables: () => Promise<readonly Variable[]>;
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
      const argsJson = checkSizes(template, checkArgs(args, 'args'), limits);
      const party = caller.user === null ? NEWCOMERS : partyOf({ owner: caller.user.userId, name: '' });
      const variables = once(async () => {
        const [found] = await unlessRefused(templates.describe(template, { party }));
        return found ?? [];
      });
      const [rendering, refusal] = await unlessRefused(templates.render(template, args, { argsJson, party }));
      return { rendering, refusal, variables };
    },
  };
}

/** What came of it, or why the template is at fault. Any other refusal is thrown on. */
async function unlessRefused<T>(work: Promise<T>): Promise<readonly [T, null] | readonly [null, Refusal]> {
  try {
    return [await work, null];
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'TEMPLATE_ERROR') throw error;
    return [null, error];
  }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask();
    return answer;
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
