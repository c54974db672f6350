import { decoded } from '../proof/entities.ts';
import { provenFragment } from '../proof/fragment.ts';
import { MarkupProblem } from '../proof/problem.ts';
import { allowedUrls } from '../proof/url.ts';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { escapeText, toText } from '../runtime/text.ts';
import { isSafe, type SafeText, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { cssProblem, PLAIN_CSS } from './css-value.ts';
import type { HoleKind } from './hole-kind.ts';
import { isAllowedInCss, isAllowedUrl } from './url-value.ts';

/** The markup that stands for a value. @throws Refusal TEMPLATE_ERROR if it cannot stand there */
type Write = (state: RenderState, value: Value) => string;

interface Writing {
  /** Texts that are their own markup, which most are: one look instead of several. */
  readonly asItIs: RegExp;
  readonly written: Write;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters that XML 1.0 forbids.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, 'g');

const withXmlCharacters = (text: string): string =>
  FORBIDDEN.test(text) ? text.replace(ALL_FORBIDDEN, '\ufffd') : text;

const escaped = (state: RenderState, value: Value): string => escapeText(withXmlCharacters(toText(state, value)));

function held(state: RenderState, { text }: SafeText, prove: (markup: string) => string): string {
  charge(state, text.length >> 3);
  try {
    return prove(withXmlCharacters(text));
  } catch (problem) {
    if (!(problem instanceof MarkupProblem)) throw problem;
    throw templateError(state.at, `The markup that would be written here is none: ${problem.message}`);
  }
}

/** What the markup says, where no tags can stand. */
function meaningOf(state: RenderState, markup: SafeText): string {
  if (markup.text.includes('<')) {
    throw templateError(state.at, 'Markup may stand between tags only, and not in an attribute, a title or a style.');
  }
  return held(state, markup, decoded);
}

const textOf = (state: RenderState, value: Value): string =>
  isSafe(value) ? meaningOf(state, value) : toText(state, value);

/** Writes what passes a test. */
const checked =
  (problemOf: (text: string) => string | null): Write =>
  (state, value) => {
    const text = withXmlCharacters(textOf(state, value));
    charge(state, text.length >> 5);
    const problem = problemOf(text);
    if (problem !== null) throw templateError(state.at, problem);
    return escapeText(text);
  };

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

const url = (web: boolean): Write =>
  checked((text) =>
    isAllowedUrl(text, web) ? null : `The value ${quoted(text)} leads elsewhere; allowed is ${allowedUrls(web)}.`,
  );

const css = (text: string): string | null => {
  const problem = cssProblem(text);
  return (
    problem &&
    `The value ${quoted(text)} may not stand in CSS, for it has ${problem}; send a plain colour, number or name.`
  );
};

const matching = (pattern: RegExp, what: string): Write =>
  checked((text) => (pattern.test(text) ? null : `The value ${quoted(text)} may not stand here; allowed are ${what}.`));

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters that XML 1.0 forbids.
const CHARACTERS = /^[^\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff&"'<>\\]*$/;
const EMPTY = /^$/;

export const WRITING: Readonly<Record<HoleKind, Writing>> = {
  plain: {
    asItIs: CHARACTERS,
    written: (state, value) => (isSafe(value) ? value.text : escapeText(toText(state, value))),
  },
  content: {
    asItIs: CHARACTERS,
    written(state, value) {
      if (!isSafe(value)) return escaped(state, value);
      return value.proven ? value.text : held(state, value, provenFragment);
    },
  },
  characters: {
    asItIs: CHARACTERS,
    written: (state, value) => (isSafe(value) ? escapeText(meaningOf(state, value)) : escaped(state, value)),
  },
  reference: { asItIs: EMPTY, written: url(false) },
  link: { asItIs: EMPTY, written: url(true) },
  base64: { asItIs: EMPTY, written: matching(/^[\w+/=\s-]*$/, 'the signs of base64') },
  css: { asItIs: PLAIN_CSS, written: checked(css) },
  cssUnquoted: {
    asItIs: PLAIN_CSS,
    written: checked(
      (text) => css(text) ?? (/["'&]/.test(text) ? `The value ${quoted(text)} may have no quotes here.` : null),
    ),
  },
  cssText: {
    asItIs: EMPTY,
    written: matching(/^[^"'\\<&\n\r\f]*$/, 'texts without quotes, "&", "<" and backslash'),
  },
  cssName: {
    asItIs: EMPTY,
    written: matching(/^[-\w.:\u0080-\uffff]*$/, 'letters, digits, "-", "_", "." and ":"'),
  },
  cssReference: {
    asItIs: EMPTY,
    written: checked((text) =>
      isAllowedInCss(text) ? null : `The value ${quoted(text)} leads elsewhere; allowed is ${allowedUrls(false)}.`,
    ),
  },
};
