import lexer from 'nunjucks/src/lexer.js';
import nunjucks, { type Parser } from 'nunjucks/src/parser.js';
import { Refusal } from '../../errors.ts';
import { type Position, templateError } from '../template-error.ts';
import { allow, type Template } from './allow.ts';
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
  const openTags: { readonly name: string; readonly at: Position }[] = [];
  readLinearly(parser);
  readTeraTokens(tokens);
  readTeraTags(parser);
  limitTokens(parser, (at) => {
    tokenStart = at;
  });
  limitNesting(parser, () => tokenStart);

  const parseStatement = parser.parseStatement.bind(parser);
  parser.parseStatement = () => {
    const tag = parser.peekToken();
    if (tag === null || tag === undefined) throw templateError(tokenStart, 'The template ends inside a tag.');
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
    const open = tokens.index >= source.length ? openTags.at(-1) : undefined;
    if (open !== undefined) throw templateError(open.at, `"${open.name}" is never ended; close it.`);
    throw translate(error, tokenStart);
  }
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
      const limits = { limit: 'tokens', used: count, allowed: MAX_TOKENS };
      throw templateError(at, `The template has more than ${MAX_TOKENS} tokens; make it smaller.`, limits);
    }
    const start = tokens.index;
    const token = nextToken();
    // Here, not in the tree: nunjucks' parser would already have compiled the expression.
    if (token?.type === 'regex') throw templateError(at, 'Regular expressions are not supported.');
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
        const limits = { limit: 'nesting', used: own, allowed: MAX_NESTING };
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

function translate(error: unknown, last: Position): Refusal {
  const { message = '', lineno, colno } = error as { message?: string; lineno?: number; colno?: number };
  const at = lineno === undefined || colno === undefined ? last : { lineno: lineno - 1, colno: colno - 1 };
  return templateError(at, explain(error instanceof TypeError ? '' : message));
}

function explain(message: string): string {
  const tag = /^unknown block tag: (.*)$/s.exec(message);
  if (tag?.[1]?.startsWith('end') || tag?.[1]?.startsWith('el'))
    return `"${tag[1]}" stands here without its beginning.`;
  if (tag) return `There is no tag "${tag[1]}".`;
  if (message === 'expected variable end') return 'Expected "}}" here.';
  const end = /^expected block end in (.*) statement$/s.exec(message);
  if (end) return `Expected "%}" here, at the end of the tag "${end[1]}".`;
  if (message === '') return 'Something is missing here: a name, a value or the end of the tag.';
  const plain = message.replace(/^parse\w+: /, '');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}
