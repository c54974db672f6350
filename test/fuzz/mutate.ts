import type { Random } from './random.ts';

const TOKEN = /\{\{|\}\}|\{%|%\}|\{#|#\}|<\/?|\/?>|=|["'|.,:()[\]&;#-]|\s+|[\w]+|./gsu;

/** A slip of the pen: tokens dropped, doubled, swapped or put elsewhere. */
export function mutated(template: string, random: Random): string {
  const tokens = template.match(TOKEN) ?? [];
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const at = random.below(tokens.length);
    const other = random.below(tokens.length);
    const token = tokens[at] as string;
    switch (random.below(5)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 0, token);
        break;
      case 2:
        tokens[at] = tokens[other] as string;
        tokens[other] = token;
        break;
      case 3:
        tokens.splice(other, 0, token);
        break;
      default:
        tokens.splice(at, 1 + random.below(6));
    }
  }
  return tokens.join('');
}
