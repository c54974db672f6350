import { provenFragment } from '../proof/fragment.ts';
import { MarkupProblem } from '../proof/problem.ts';
import { charge } from '../runtime/budget.ts';
import { isSafe, safe } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { type Filters, textOrEmpty } from './filter.ts';

export const SVG_FILTERS: Filters = [
  [
    'svg',
    {
      apply(state, input) {
        if (isSafe(input) && input.proven) return input;
        const markup = textOrEmpty(state, input);
        // Reading markup costs about ten times as much as copying it.
        charge(state, markup.length >> 2);
        try {
          return safe(provenFragment(markup), true);
        } catch (problem) {
          if (!(problem instanceof MarkupProblem)) throw problem;
          const near = markup.slice(Math.max(0, problem.offset - 20), problem.offset + 20);
          throw templateError(
            state.at,
            `"svg" was given markup that no picture may hold, near ${JSON.stringify(near)}: ${problem.message}`,
          );
        }
      },
    },
  ],
];
