import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

export interface Completions {
  readonly args: readonly Completion[];
  readonly filters: readonly Completion[];
}

export const NO_COMPLETIONS: Completions = { args: [], filters: [] };

const words = (type: string, text: string): readonly Completion[] => text.split(' ').map((label) => ({ label, type }));

const TAGS = words(
  'keyword',
  'if elif else endif for endfor set endset macro endmacro call endcall filter endfilter switch case default endswitch',
);
const WORDS = words('keyword', 'in is not and or if else true false none loop range');
const ELEMENTS = words(
  'type',
  'svg g rect circle ellipse line polyline polygon path text tspan title desc defs use symbol clipPath mask linearGradient radialGradient stop pattern filter image style animate',
);

/** What stands open before the cursor: `{{`, `{%`, or nothing. */
function openBefore(text: string): '{{' | '{%' | null {
  const at = Math.max(text.lastIndexOf('{{'), text.lastIndexOf('{%'));
  if (at === -1) return null;
  const opened = text.slice(at, at + 2) as '{{' | '{%';
  return text.includes(opened === '{{' ? '}}' : '%}', at) ? null : opened;
}

function offer(
  context: CompletionContext,
  options: readonly Completion[],
  always = context.explicit,
): CompletionResult | null {
  const word = context.matchBefore(/[\w.]*/);
  if (word === null || (word.from === word.to && !always)) return null;
  return { from: word.from, options: [...options], validFor: /^[\w.]*$/ };
}

/** Filters behind `|`, tags behind `{%`, args in expressions, and elements behind `<`. */
export function completionSource(current: () => Completions) {
  return (context: CompletionContext): CompletionResult | null => {
    // No tag is longer than this; a template may be.
    const before = context.state.sliceDoc(Math.max(0, context.pos - 2000), context.pos);
    const opened = openBefore(before);
    if (opened === null) {
      const element = context.matchBefore(/<\w*/);
      return element === null ? null : { from: element.from + 1, options: [...ELEMENTS], validFor: /^\w*$/ };
    }
    const { args, filters } = current();
    if (/\|\s*\w*$/.test(before)) return offer(context, filters, true);
    if (/\{%-?\s*\w*$/.test(before)) return offer(context, TAGS);
    return offer(context, [...args, ...WORDS]);
  };
}
