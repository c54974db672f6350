// The parts of nunjucks 3.2.4 that read a template. Its package declares no types for them.

declare module 'nunjucks/src/lexer.js' {
  export interface Token {
    readonly type: string;
    /** A regex token holds an object; every other token its text. */
    readonly value: string;
    readonly lineno: number;
    readonly colno: number;
  }
  export interface Tokenizer {
    readonly str: string;
    readonly index: number;
    readonly lineno: number;
    readonly colno: number;
    /** False in the text between tags. */
    readonly in_code: boolean;
    current(): string;
    _parseString(delimiter: string): string;
    nextToken(): Token | null;
    forwardN(n: number): void;
  }
  const lexer: { lex(source: string): Tokenizer };
  export default lexer;
}

declare module 'nunjucks/src/parser.js' {
  import type { Token, Tokenizer } from 'nunjucks/src/lexer.js';
  export interface ParsedNode {
    readonly typename: string;
    readonly lineno: number;
    readonly colno: number;
  }
  export interface Parser {
    readonly tokens: Tokenizer;
    dropLeadingWhitespace: boolean;
    nextToken(): Token | null;
    peekToken(): Token | null;
    pushToken(token: Token): void;
    fail(message: string, lineno?: number, colno?: number): never;
    advanceAfterBlockEnd(name?: string): Token;
    advanceAfterVariableEnd(): void;
    parseAsRoot(): ParsedNode;
    parseNodes(): ParsedNode[];
    parseStatement(): ParsedNode | null;
    parseRaw(tagName?: string): ParsedNode;
    parseExpression(): ParsedNode;
    parseAggregate(): ParsedNode | null;
    parseSignature(tolerant?: boolean, noParens?: boolean): ParsedNode | null;
    parseUntilBlocks(...names: string[]): ParsedNode;
    parseIf(): ParsedNode;
    parseNot(): ParsedNode;
    parseUnary(noFilters?: boolean): ParsedNode;
  }
  const parser: { Parser: new (tokens: Tokenizer) => Parser };
  export default parser;
}

declare module 'nunjucks/src/nodes.js' {
  import type { ParsedNode } from 'nunjucks/src/parser.js';

  const nodes: {
    Output: new (lineno: number, colno: number, children: readonly ParsedNode[]) => ParsedNode;
    TemplateData: new (lineno: number, colno: number, value: string) => ParsedNode;
  };
  export default nodes;
}
