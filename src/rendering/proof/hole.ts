import type { HoleKind } from '../holes/hole-kind.ts';
import { cssHole } from './css.ts';
import type { DocumentState, QuotedValue } from './document.ts';
import { holdsTextOnly } from './elements.ts';
import { urlHole } from './url.ts';

export interface Hole {
  readonly kind: HoleKind;
  /** Where the document is behind the value, whatever it is. */
  readonly next: DocumentState;
}

/** What a value that is written there stands for; or a sentence that says why none may stand there. */
export function holeAt(state: DocumentState): Hole | string {
  switch (state.mode) {
    case 'before':
      return 'A value may not stand before the <svg>; put it inside.';
    case 'after':
      return 'A value may not stand behind the </svg>; put it inside.';
    case 'tag':
      return `A value may not stand for an attribute of <${state.tag?.name}>; write name="{{ … }}", with the name in the template and the value in quotes.`;
    case 'value':
      return holeInValue(state, state.value as QuotedValue);
    case 'content':
      return holeInContent(state);
  }
}

function holeInContent(state: DocumentState): Hole | string {
  const { css, open } = state;
  if (css === null) {
    return { kind: open !== null && holdsTextOnly(open.local) ? 'characters' : 'content', next: state };
  }
  const hole = cssHole(css);
  if (typeof hole === 'string') return `A value may not stand in a style for ${hole}.`;
  const kind = !state.cdata ? hole.kind : hole.kind === 'css' ? 'cssUnquoted' : 'cssName';
  return { kind, next: { ...state, css: hole.next } };
}

function holeInValue(state: DocumentState, value: QuotedValue): Hole | string {
  const { attribute } = value;
  if (value.isName) return `The value of "${attribute}" decides what others mean; write it in the template.`;
  const next = (change: Partial<QuotedValue>): DocumentState => ({
    ...state,
    value: { ...value, text: null, ...change },
  });
  if (value.url !== null) {
    const hole = urlHole(value.url, value.web);
    if (hole === null)
      return `A value in "${attribute}" must be the whole of it, or stand behind "#": write ${attribute}="{{ … }}".`;
    return { kind: hole.kind, next: next({ url: hole.next }) };
  }
  if (value.css === null) return { kind: 'characters', next: next({}) };
  const hole = cssHole(value.css);
  if (typeof hole === 'string') return `A value may not stand in "${attribute}" for ${hole}.`;
  return { kind: hole.kind, next: next({ css: hole.next }) };
}
