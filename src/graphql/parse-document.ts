import { type DocumentNode, Lexer, parse, Source, syntaxError, TokenKind } from 'graphql';
import { MAX_NESTING, MAX_TOKENS } from './limits.ts';

const STEP = new Map<TokenKind, 1 | -1>([
  [TokenKind.BRACE_L, 1],
  [TokenKind.BRACKET_L, 1],
  [TokenKind.PAREN_L, 1],
  [TokenKind.BRACE_R, -1],
  [TokenKind.BRACKET_R, -1],
  [TokenKind.PAREN_R, -1],
]);

/** The parser has a limit on tokens but none on nesting, and recurses: two thousand brackets overflow its stack. */
function checkSize(source: Source): void {
  const lexer = new Lexer(source);
  let tokens = 0;
  let depth = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1;
    depth += STEP.get(token.kind) ?? 0;
    if (tokens > MAX_TOKENS) {
      throw syntaxError(
        source,
        token.start,
        `The document has more than ${MAX_TOKENS} tokens; send values as variables.`,
      );
    }
    if (depth > MAX_NESTING) {
      throw syntaxError(source, token.start, `Brackets are nested deeper than ${MAX_NESTING} levels.`);
    }
  }
}

/** @throws GraphQLError for a document that is no GraphQL, or too large a one to be looked at */
export function parseDocument(text: string | Source): DocumentNode {
  const source = typeof text === 'string' ? new Source(text) : text;
  checkSize(source);
  return parse(source);
}
