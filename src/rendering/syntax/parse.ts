import lexer, { type Tokenizer } from 'nunjucks/src/lexer.js';
import nunjucks, { type Parser } from 'nunjucks/src/parser.js';
import { Refusal } from '../../errors.ts';
import type { Overrun } from '../overrun.ts';
import { type Position, templateError } from '../template-error.ts';
import { allow, type Template } from './allow.ts';
import { beginningOf, explain, explainUnclosed, isCallOfNothing, type OpenTag } from './explain.ts';
import { readLinearly } from './linear.ts';
import { readTeraTags, readTeraTokens } from './tera.ts';

const MAX_TOKENS = 20_000;
const MAX_NESTING = 100;

const REFUSED_TAGS: ReadonlyMap<string, string> = new Map([
  ...['include', 'import', 'from', 'extends'].map(
    (tag) => [tag, `"${tag}" needs other templates, and a session has only its own; write that part here`] as const,
  ),
  ['block', '"block" is for inheritance, and there is none; write its content without the tag'],
  ...['asyncEach', 'asyncAll', 'ifAsync'].map(
    (tag) => [tag, `"${tag}" is not supported; use "${tag === 'ifAsync' ? 'if' : 'for'}"`] as const,
  ),
]);

/** A template's syntax tree, proven to hold only what the engine evaluates. @throws Refusal TEMPLATE_ERROR */
export function parseTemplate(source: string): Template {
  const tokens = lexer.lex(source);
  const parser = new nunjucks.Parser(tokens);
  let tokenStart: Position = { lineno: 0, colno: 0 };
  const openTags: OpenTag[] = [];
  readLinearly(parser);
  placeTagEnds(parser);
  readTeraTokens(tokens);
  readTeraTags(parser);
  limitTokens(parser, (at) => {
    tokenStart = at;
  });
  limitNesting(parser, () => tokenStart);

  const parseStatement = parser.parseStatement.bind(parser);
  parser.parseStatement = () => {
    const tag = parser.peekToken();
    if (tag === null || tag === undefined)
      throw templateError(tokenStart, 'The template ends inside a tag; write its name and "%}".');
    const refused = REFUSED_TAGS.get(tag.value);
    if (refused !== undefined) throw templateError(tag, `${refused}.`);
    if (tag.type === 'symbol') openTags.push({ name: tag.value, at: tag });
    const node = parseStatement();
    openTags.pop();
    return node;
  };

  try {
    return allow(parser.parseAsRoot());
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw translate(error, source, tokens, openTags, tokenStart);
  }
}

/** nunjucks' parser reads what stands where a tag should end, and then complains about what follows it. */
function placeTagEnds(parser: Parser): void {
  const advanceAfterBlockEnd = parser.advanceAfterBlockEnd.bind(parser);
  parser.advanceAfterBlockEnd = (name) => {
    const tag = name ?? (parser.peekToken()?.type === 'symbol' ? parser.nextToken()?.value : undefined);
    const end = tag === undefined ? null : parser.peekToken();
    if (end && end.type !== 'block-end') parser.fail(`expected block end in ${tag} statement`, end.lineno, end.colno);
    return advanceAfterBlockEnd(tag);
  };
}

function limitTokens(parser: Parser, starting: (at: Position) => void): void {
  const { tokens } = parser;
  const source = tokens.str;
  const nextToken = tokens.nextToken.bind(tokens);
  let count = 0;
  tokens.nextToken = () => {
    // A text that is never closed takes the lexer past the end.
    const beyond = Math.max(0, tokens.index - source.length);
    const at = { lineno: tokens.lineno, colno: tokens.colno - beyond };
    starting(at);
    count += 1;
    if (count > MAX_TOKENS) {
      const limits = { limit: 'tokens', used: count, allowed: MAX_TOKENS } satisfies Overrun;
      throw templateError(at, `The template has more than ${MAX_TOKENS} tokens; make it smaller.`, limits);
    }
    const start = tokens.index;
    const token = nextToken();
    if (token?.type === 'string' && tokens.index > source.length) {
      const quote = source.charAt(start);
      throw templateError(at, `The text in quotes that begins here is never closed; a ${quote} is missing at its end.`);
    }
    // Here, not in the tree: nunjucks' parser would already have compiled the expression.
    if (token?.type === 'regex')
      throw templateError(at, 'Regular expressions are not supported; compare or replace texts.');
    if (token?.type !== 'data') return token;
    // The lexer adds up its text by characters; as a slice of the source it takes no memory of its own.
    return { ...token, value: tokens.str.slice(start, start + token.value.length) };
  };
}

/** Every recursion of nunjucks' parser runs through one of these methods. */
function limitNesting(parser: Parser, at: () => Position): void {
  let depth = 0;
  const guard = <Args extends unknown[], Result>(parse: (...args: Args) => Result, allowed: () => number) => {
    let own = 0;
    return (...args: Args): Result => {
      own += 1;
      if (own > allowed()) {
        const limits = { limit: 'nesting', used: own, allowed: MAX_NESTING } satisfies Overrun;
        throw templateError(at(), `The template is nested more than ${MAX_NESTING} levels deep; flatten it.`, limits);
      }
      const result = parse.apply(parser, args);
      own -= 1;
      return result;
    };
  };
  const levels = <Args extends unknown[], Result>(parse: (...args: Args) => Result) =>
    guard(
      (...args: Args): Result => {
        depth += 1;
        const result = parse.apply(parser, args);
        depth -= 1;
        return result;
      },
      () => MAX_NESTING,
    );
  parser.parseAggregate = levels(parser.parseAggregate);
  parser.parseSignature = levels(parser.parseSignature);
  parser.parseUntilBlocks = levels(parser.parseUntilBlocks);
  parser.parseIf = levels(parser.parseIf);
  // These two stand once in every level; only what they add to it is nesting of their own.
  parser.parseNot = guard(parser.parseNot, () => MAX_NESTING + depth);
  parser.parseUnary = guard(parser.parseUnary, () => MAX_NESTING + depth);
}

function translate(
  error: unknown,
  source: string,
  tokens: Tokenizer,
  openTags: readonly OpenTag[],
  last: Position,
): Refusal {
  const { message = '', lineno, colno } = error as { message?: string; lineno?: number; colno?: number };
  const open = openTags.at(-1);
  const words = error instanceof TypeError ? '' : message;
  const isOver = tokens.index >= source.length && !tokens.in_code;
  if (isOver && open !== undefined && !isCallOfNothing(words, open)) {
    return templateError(open.at, explainUnclosed(open, source.slice(offsetOf(source, open.at))));
  }
  const known = lineno === undefined || colno === undefined ? last : { lineno: lineno - 1, colno: colno - 1 };
  // The lexer gives no place, and has come to it.
  const at = message === 'unexpected end of comment' ? { lineno: tokens.lineno, colno: tokens.colno } : known;
  const rest = source.slice(offsetOf(source, at)).trimStart();
  const stop = { message: words, found: beginningOf(rest), rest, openTags };
  return templateError(isCallOfNothing(words, open) ? (open?.at ?? at) : at, explain(stop));
}

function offsetOf(source: string, { lineno, colno }: Position): number {
  let start = 0;
  for (let line = 0; line < lineno; line += 1) start = source.indexOf('\n', start) + 1;
  return start + colno;
}
