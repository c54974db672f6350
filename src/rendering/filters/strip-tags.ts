const TAG_START = /^<\/?[a-z][a-z0-9]*(?![a-z0-9_])/i;
const isLineEnd = (c: string | undefined): boolean => c === undefined || '\n\r\u2028\u2029'.includes(c);

/** nunjucks' `striptags` in linear time: its expression is quadratic on `<a <a <a …`. */
export function stripTags(text: string, keepLines: boolean): string {
  const trimmed = withoutTags(text).trim();
  if (!keepLines) return trimmed.replace(/\s+/g, ' ');
  const squashed = trimmed.replace(/ +/g, (run, at: number) => {
    const atLineEdge = isLineEnd(trimmed[at - 1]) || isLineEnd(trimmed[at + run.length]);
    return atLineEdge ? '' : ' ';
  });
  return squashed.replace(/\r\n/g, '\n').replace(/\n\n\n+/g, '\n\n');
}

function withoutTags(text: string): string {
  let kept = '';
  let from = 0;
  let nextEnd = text.indexOf('>');
  let nextCommentEnd = text.indexOf('-->');
  for (let at = text.indexOf('<'); at !== -1 && nextEnd !== -1; at = text.indexOf('<', at)) {
    let end = -1;
    if (text.startsWith('<!--', at)) {
      if (nextCommentEnd !== -1 && nextCommentEnd < at + 4) nextCommentEnd = text.indexOf('-->', at + 4);
      if (nextCommentEnd !== -1) end = nextCommentEnd + 3;
    } else {
      // The name is all that is looked at; where it ends does not depend on what follows the next few characters.
      if (nextEnd < at) nextEnd = text.indexOf('>', at);
      if (nextEnd !== -1 && TAG_START.test(text.slice(at, nextEnd + 1))) end = nextEnd + 1;
    }
    if (end === -1) {
      at += 1;
      continue;
    }
    kept += text.slice(from, at);
    from = end;
    at = end;
  }
  return kept + text.slice(from);
}
