import nodes from 'nunjucks/src/nodes.js';
import type { ParsedNode, Parser } from 'nunjucks/src/parser.js';
import { templateError } from '../template-error.ts';

/**
 * Replaces the two methods of nunjucks' parser whose time grows with the square of the template: it looks for the end
 * of a `raw` block with an unanchored expression, and trims with `/\s*$/`. Both replacements read the same language.
 */
export function readLinearly(parser: Parser): void {
  parser.parseRaw = (tagName = 'raw') => parseRaw(parser, tagName);
  parser.parseNodes = () => parseNodes(parser);
}

function parseRaw(parser: Parser, tagName: string): ParsedNode {
  const tag = parser.peekToken();
  const begun = parser.advanceAfterBlockEnd();
  const { tokens } = parser;
  const start = tokens.index;
  const tags = new RegExp(`\\{%\\s*(${tagName}|end${tagName})\\s*%\\}`, 'g');
  tags.lastIndex = start;
  let level = 1;
  for (let tag = tags.exec(tokens.str); tag !== null; tag = tags.exec(tokens.str)) {
    level += tag[1] === tagName ? 1 : -1;
    if (level > 0) continue;
    const text = tokens.str.slice(start, tag.index);
    tokens.forwardN(tags.lastIndex - start);
    return new nodes.Output(begun.lineno, begun.colno, [new nodes.TemplateData(begun.lineno, begun.colno, text)]);
  }
  throw templateError(tag ?? begun, `{% ${tagName} %} is never closed; write {% end${tagName} %}.`);
}

function parseNodes(parser: Parser): ParsedNode[] {
  const parsed: ParsedNode[] = [];
  for (let token = parser.nextToken(); token; token = parser.nextToken()) {
    if (token.type === 'data') {
      const text = parser.dropLeadingWhitespace ? token.value.trimStart() : token.value;
      parser.dropLeadingWhitespace = false;
      const kept = trimsBefore(parser) ? text.trimEnd() : text;
      const data = new nodes.TemplateData(token.lineno, token.colno, kept);
      parsed.push(new nodes.Output(token.lineno, token.colno, [data]));
    } else if (token.type === 'block-start') {
      parser.dropLeadingWhitespace = false;
      const statement = parser.parseStatement();
      if (statement === null) break;
      parsed.push(statement);
    } else if (token.type === 'variable-start') {
      const expression = parser.parseExpression();
      parser.dropLeadingWhitespace = false;
      parser.advanceAfterVariableEnd();
      parsed.push(new nodes.Output(token.lineno, token.colno, [expression]));
    } else if (token.type === 'comment') {
      parser.dropLeadingWhitespace = token.value.endsWith('-#}');
    } else {
      parser.fail(`unexpected ${token.type} outside of a tag`, token.lineno, token.colno);
    }
  }
  return parsed;
}

/** Whether what follows is written `{%-`, `{{-` or `{#-`. */
function trimsBefore(parser: Parser): boolean {
  const next = parser.peekToken();
  if (!next) return false;
  if (next.type === 'block-start' || next.type === 'variable-start') return next.value.endsWith('-');
  return next.type === 'comment' && next.value.charAt(2) === '-';
}
