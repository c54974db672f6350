import { formatLocale } from 'd3-format';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { numberArgument, numberOf, textArgument, wholeArgument } from './arguments.ts';
import type { Filter, Filters } from './filter.ts';
import { localeArgument } from './locales.ts';
import { createPrepared } from './prepared.ts';

/** What stands for a value that is no finite number. */
export const NO_NUMBER = '–';
const DIGITS = { name: 'digits', min: 0, max: 20 };
const POSITIVE = { name: 'of', min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
/** Steps of writing one number, and of making a formatter. */
const COST = 30;
const PREPARING_COST = 100;

// d3's own minus is U+2212, which no attribute takes for a number.
const d3 = formatLocale({ decimal: '.', thousands: ',', grouping: [3], currency: ['$', ''], minus: '-' });
const d3Formats = createPrepared<{ readonly write: (number: number) => string }>(PREPARING_COST);
const intlFormats = createPrepared<Intl.NumberFormat>(PREPARING_COST);

/** Sign, zeros to that width, groups, precision, type. d3 takes more, widths that allocate for ever among it. */
const SPECIFIER = /^[+ ]?(?:0[1-9]\d?)?,?(?:\.\d{1,2})?~?[defgsr%]$/;

type Write = (state: RenderState, number: number, args: readonly Value[]) => string;

/** null and what is missing stay nothing, for `default` to stand in. */
const numeric = (parameters: readonly string[], write: Write): Filter => ({
  apply: (state, input, args) => {
    if (input === undefined || input === null) return input;
    charge(state, COST);
    const number = numberOf(state, input);
    if (!Number.isFinite(number)) return NO_NUMBER;
    const text = write(state, number, args);
    // The largest numbers have 300 digits, which take long to find.
    charge(state, text.length);
    return text;
  },
  parameters,
});

function intl(state: RenderState, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const { style, notation, minimumFractionDigits, maximumFractionDigits } = options;
  const key = `${locale} ${style} ${notation} ${minimumFractionDigits} ${maximumFractionDigits}`;
  return intlFormats(state, key, () => new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options }));
}

/** Always that many digits; not given: as many as there are, at most three. */
function fractionDigits(state: RenderState, value: Value): Intl.NumberFormatOptions {
  if (value === undefined || value === null) return { minimumFractionDigits: 0, maximumFractionDigits: 3 };
  const digits = wholeArgument(state, value, DIGITS, 0);
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

const number: Write = (state, value, [digits, separator, locale]) => {
  const format = intl(state, localeArgument(state, locale), fractionDigits(state, digits));
  if (separator === undefined || separator === null) return format.format(value);
  const between = textArgument(state, separator, 'sep', 4, ',');
  const parts = format.formatToParts(value);
  charge(state, parts.length);
  return parts.map((part) => (part.type === 'group' ? between : part.value)).join('');
};

const format: Write = (state, value, [specifier]) => {
  const spec = textArgument(state, specifier, 'spec', 10, ',~f');
  if (!SPECIFIER.test(spec)) {
    throw templateError(state.at, `"${spec}" is no format; take for example "~s", ",.2f", "+.1%" or "02d".`);
  }
  // d3 multiplies by 100.
  if (spec.endsWith('%') && !Number.isFinite(value * 100)) return NO_NUMBER;
  return d3Formats(state, spec, () => ({ write: d3.format(spec) })).write(value);
};

const compact: Write = (state, value, [digits, locale]) => {
  const maximumFractionDigits = wholeArgument(state, digits, DIGITS, 1);
  return intl(state, localeArgument(state, locale), { notation: 'compact', maximumFractionDigits }).format(value);
};

const percent: Write = (state, value, [digits, of, locale]) => {
  const share = value / numberArgument(state, of, POSITIVE, 1);
  if (!Number.isFinite(share)) return NO_NUMBER;
  const options = fractionDigits(state, digits ?? 0);
  return intl(state, localeArgument(state, locale), { style: 'percent', ...options }).format(share);
};

const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];

const bytes: Write = (state, value, [digits, binary, unitText]) => {
  const [base, prefixes] = binary ? [1024, BINARY] : [1000, DECIMAL];
  const maximumFractionDigits = wholeArgument(state, digits, DIGITS, 1);
  const unit = textArgument(state, unitText, 'unit', 16, 'B');
  const factor = 10 ** maximumFractionDigits;
  let size = value;
  let power = 0;
  // 999.96 would be written as 1000.0.
  while (Math.round(Math.abs(size) * factor) / factor >= base && power < prefixes.length - 1) {
    size /= base;
    power += 1;
  }
  const digitsOf =
    power === 0 ? { maximumFractionDigits: Math.min(maximumFractionDigits, 3) } : { maximumFractionDigits };
  return `${intl(state, 'en', digitsOf).format(size)} ${prefixes[power]}${unit}`;
};

export const NUMBER_FORMAT_FILTERS: Filters = [
  ['bytes', numeric(['digits', 'binary', 'unit'], bytes)],
  ['compact', numeric(['digits', 'locale'], compact)],
  ['format', numeric(['spec'], format)],
  ['number', numeric(['digits', 'sep', 'locale'], number)],
  ['percent', numeric(['digits', 'of', 'locale'], percent)],
];
