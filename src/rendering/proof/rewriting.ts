import type { TemplateData } from '../syntax/ast.ts';
import type { Place } from './piece.ts';

/** Changes to the text of a template that make every render of it a picture that browsers draw. */
export interface Rewriting {
  /** @param length code units that the text replaces */
  replace(place: Place, length: number, text: string): void;
  /** The node's text with its changes, and U+FFFD for characters that XML forbids (XML 1.0, section 2.2). */
  textOf(data: TemplateData): string;
}

interface Change {
  readonly offset: number;
  readonly removed: number;
  readonly text: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters that XML 1.0 forbids.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

export function createRewriting(): Rewriting {
  const changes = new Map<TemplateData, Map<number, Change>>();
  return {
    replace({ data, offset }, removed, text) {
      const ofNode = changes.get(data) ?? new Map<number, Change>();
      // A loop may be read twice.
      changes.set(data, ofNode.set(offset, { offset, removed, text }));
    },
    textOf(data) {
      let text = '';
      let from = 0;
      const inOrder = [...(changes.get(data)?.values() ?? [])].sort((a, b) => a.offset - b.offset);
      for (const { offset, removed, text: added } of inOrder) {
        text += data.value.slice(from, offset) + added;
        from = offset + removed;
      }
      return (text + data.value.slice(from)).replace(FORBIDDEN, '\ufffd');
    },
  };
}
