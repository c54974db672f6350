import { chargeText } from '../runtime/budget.ts';
import { ARC_FILTERS } from './arcs.ts';
import { BAR_FILTERS } from './bars.ts';
import { CHART_FILTERS } from './charts.ts';
import { COLOUR_FILTERS } from './colours.ts';
import { dump, dumpIndent } from './dump.ts';
import { DURATION_FILTERS } from './durations.ts';
import type { Filter, Filters } from './filter.ts';
import { FITTING_FILTERS } from './fitting.ts';
import { LIST_FILTERS } from './lists.ts';
import { MARKUP_FILTERS } from './markup.ts';
import { NUMBER_FORMAT_FILTERS } from './number-formats.ts';
import { NUMBER_FILTERS } from './numbers.ts';
import { ORDERING_FILTERS } from './ordering.ts';
import { SCALE_FILTERS } from './scales.ts';
import { STATISTICS_FILTERS } from './statistics.ts';
import { SVG_FILTERS } from './svg.ts';
import { TERA_FILTERS } from './tera.ts';
import { TEXT_FILTERS } from './texts.ts';
import { TIME_FILTERS } from './times.ts';

const orElse: Filter = {
  apply: (_, input, [otherwise, alsoFalsy]) => {
    const isThere = alsoFalsy ? Boolean(input) : input !== undefined;
    return isThere ? input : otherwise;
  },
  parameters: ['value', 'boolean'],
  acceptsMissing: true,
};

/** Those that neither nunjucks nor Tera has, each with its picture in docs/filters.md. */
export const PICTURE_FILTERS: Filters = [
  ...ARC_FILTERS,
  ...BAR_FILTERS,
  ...CHART_FILTERS,
  ...COLOUR_FILTERS,
  ...DURATION_FILTERS,
  ...FITTING_FILTERS,
  ...NUMBER_FORMAT_FILTERS,
  ...SCALE_FILTERS,
  ...STATISTICS_FILTERS,
  ...TIME_FILTERS,
];

/** All filters by name, with nunjucks' meaning; Tera's where nunjucks has none; and those for pictures. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['d', orElse],
  ['default', orElse],
  [
    'dump',
    {
      apply: (state, input, [spaces]) => {
        const json = dump(state, input, dumpIndent(spaces));
        if (json !== undefined) chargeText(state, json.length);
        return json;
      },
    },
  ],
  ...LIST_FILTERS,
  ...MARKUP_FILTERS,
  ...NUMBER_FILTERS,
  ...ORDERING_FILTERS,
  ...SVG_FILTERS,
  ...TERA_FILTERS,
  ...TEXT_FILTERS,
  ...PICTURE_FILTERS,
]);
