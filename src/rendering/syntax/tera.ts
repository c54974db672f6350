import type { Token, Tokenizer } from 'nunjucks/src/lexer.js';
import type { ParsedNode, Parser } from 'nunjucks/src/parser.js';

// Tera's forms that nunjucks' parser refuses, admitted in front of it.

const OWN = 'self::';

/** Lets the lexer read backtick strings, the `0` of `a.0`, and `self::m` as `m`. Tokens keep their places. */
export function readTeraTokens(tokens: Tokenizer): void {
  const nextToken = tokens.nextToken.bind(tokens);
  let afterDot = false;
  tokens.nextToken = () => {
    if (tokens.in_code && tokens.str.startsWith(OWN, tokens.index)) tokens.forwardN(OWN.length);
    const token = (tokens.in_code ? teraToken(tokens, afterDot) : null) ?? nextToken();
    afterDot = token?.type === 'operator' && token.value === '.';
    return token;
  };
}

function teraToken(tokens: Tokenizer, afterDot: boolean): Token | null {
  const { lineno, colno, index } = tokens;
  if (tokens.current() === '`') return { type: 'string', value: tokens._parseString('`'), lineno, colno };
  if (!afterDot) return null;
  while (/^[0-9]$/.test(tokens.current())) tokens.forwardN(1);
  if (tokens.index === index) return null;
  return { type: 'symbol', value: tokens.str.slice(index, tokens.index), lineno, colno };
}

/** Lets the parser read `break`, `continue`, `set_global` and `endmacro name`. */
export function readTeraTags(parser: Parser): void {
  const parseStatement = parser.parseStatement.bind(parser);
  parser.parseStatement = () => {
    const tag = parser.peekToken();
    switch (tag?.value) {
      case 'break':
      case 'continue':
        parser.advanceAfterBlockEnd();
        return jump(tag);
      case 'set_global': {
        parser.nextToken();
        parser.pushToken({ ...tag, value: 'set' });
        const node = parseStatement();
        return node === null ? null : Object.assign(node, { isGlobal: true });
      }
      default:
        return parseStatement();
    }
  };
  const advanceAfterBlockEnd = parser.advanceAfterBlockEnd.bind(parser);
  parser.advanceAfterBlockEnd = (name) => {
    if (name !== undefined || parser.peekToken()?.value !== 'endmacro') return advanceAfterBlockEnd(name);
    parser.nextToken();
    if (parser.peekToken()?.type === 'symbol') parser.nextToken();
    return advanceAfterBlockEnd('endmacro');
  };
}

function jump({ value, lineno, colno }: Token): ParsedNode {
  return Object.assign({ typename: value === 'break' ? 'Break' : 'Continue', fields: [] }, { lineno, colno });
}
