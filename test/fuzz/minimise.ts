import type { JsonObject } from '../../src/json.ts';

export interface Case {
  readonly template: string;
  readonly args: JsonObject;
}

const TOKEN = /\{[{%#][\s\S]*?[}%#]\}|<[^<>{}]*>|[^<{]+|./g;
/** Up to here every pair of tokens is tried. */
const MAX_PAIRED = 60;

const MAX_ATTEMPTS = 3000;

/** Leaves out what can be left out while it still fails, the larger parts first (delta debugging). */
export function minimise(found: Case, fails: (candidate: Case) => boolean): Case {
  let { template, args } = found;
  let attempts = 0;
  for (const key of Object.keys(args)) {
    const fewer = Object.fromEntries(Object.entries(args).filter(([name]) => name !== key));
    if (fails({ template, args: fewer })) args = fewer;
  }
  const stillFails = (text: string) => {
    attempts += 1;
    return attempts <= MAX_ATTEMPTS && fails({ template: text, args });
  };
  for (let before = ''; before !== template; ) {
    before = template;
    template = withoutChunks(template, stillFails);
    template = withoutPairs(template, stillFails);
  }
  return { template, args };
}

function withoutChunks(text: string, stillFails: (text: string) => boolean): string {
  let rest = text;
  for (let size = rest.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < rest.length; ) {
      const shorter = rest.slice(0, at) + rest.slice(at + size);
      if (stillFails(shorter)) rest = shorter;
      else at += size;
    }
  }
  return rest;
}

/** A beginning can only go together with its end. */
function withoutPairs(text: string, stillFails: (text: string) => boolean): string {
  let tokens: readonly string[] = text.match(TOKEN) ?? [];
  if (tokens.length > MAX_PAIRED) return text;
  for (let i = 0; i < tokens.length; i += 1) {
    for (let j = i + 1; j < tokens.length; j += 1) {
      const fewer = tokens.filter((_, k) => k !== i && k !== j);
      if (!stillFails(fewer.join(''))) continue;
      tokens = fewer;
      j = i;
    }
  }
  return tokens.join('');
}
