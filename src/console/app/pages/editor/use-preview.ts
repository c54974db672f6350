import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestError } from '../../../../client/request-error.ts';
import { execute } from '../../api.ts';
import type { Args } from '../../args/args-editor.tsx';
import { RenderDocument, type RenderQuery } from '../../generated/graphql.ts';
import { retryDelay } from '../../retry-delay.ts';
import { asRequestError } from '../../tell.ts';

export type Rendered = RenderQuery['renderTemplate'];
export type Problem = Rendered['errors'][number];
export type Variable = Rendered['variables'][number];

/** A pause in typing. */
const PAUSE_MS = 180;

export interface Preview {
  /** The last picture that could be drawn; null: none yet. */
  readonly svg: string | null;
  /** Whether it is that of the template and args as they are. */
  readonly isCurrent: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** What the template reads; null: not known yet. */
  readonly variables: readonly Variable[] | null;
  /** Why nobody could say. */
  readonly error: RequestError | null;
}

const NOTHING: Preview = { svg: null, isCurrent: false, problems: [], warnings: [], variables: null, error: null };

function after(before: Preview, { svg, errors, warnings, variables }: Rendered): Preview {
  return {
    svg: svg ?? before.svg,
    isCurrent: svg !== null,
    problems: errors,
    warnings,
    // While it does not parse nobody knows; what was known before keeps the form in place.
    variables: variables.length === 0 && errors.length > 0 ? (before.variables ?? []) : variables,
    error: null,
  };
}

/**
 * What a write would show or refuse, asked at each pause in typing, and again where nobody could say; an older answer
 * never replaces a newer one.
 */
export function usePreview(template: string, args: Args): Preview {
  const [preview, setPreview] = useState(NOTHING);
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    let timer: ReturnType<typeof setTimeout>;
    const show = (next: (before: Preview) => Preview) => number === asked.current && setPreview(next);

    async function ask() {
      try {
        const { data } = await execute(RenderDocument, { template, args });
        show((before) => after(before, data.renderTemplate));
      } catch (cause) {
        const error = asRequestError(cause);
        show((before) => ({ ...before, variables: before.variables ?? [], isCurrent: false, error }));
        const waitMs = retryDelay(error);
        if (waitMs !== null && number === asked.current) timer = setTimeout(ask, waitMs);
      }
    }

    timer = setTimeout(ask, number === 1 ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asked.current += 1;
    };
  }, [template, args]);
  return preview;
}
