import type { HoleKind } from '../holes/hole-kind.ts';
import type { Caller, Expression, For, Jump, Macro, Output, Statement, Switch, TemplateData } from '../syntax/ast.ts';
import { templateError } from '../template-error.ts';
import type { CssState } from './css.ts';
import type { Unfinished } from './cursor.ts';
import { type DocumentState, describePlace, FRAGMENT_START, join } from './document.ts';
import { fragmentsIn } from './fragments.ts';
import { holeAt } from './hole.ts';
import { type Piece, pieceOf } from './piece.ts';
import { MarkupProblem } from './problem.ts';
import type { Scanned } from './scan.ts';

/** Where a path through the template has come to; null: nowhere, it has left its loop. */
type Path = DocumentState | null;

interface Loop {
  readonly node: For;
  /** Where the document may be when a pass begins or the loop ends. */
  place: DocumentState;
}

interface Reader {
  /** @throws Refusal TEMPLATE_ERROR */
  read(state: DocumentState, piece: Piece): Scanned;
  refuse(piece: Piece, problem: MarkupProblem): never;
  hole(node: Expression, kind: HoleKind): void;
}

/** Loops that had to be read twice; more would take too long. */
const MAX_SECOND_READINGS = 1000;

/**
 * Follows a template along all its branches: where two meet, the document must be at the same place.
 *
 * @returns where the document is behind the statements
 * @throws Refusal TEMPLATE_ERROR
 */
export function followPaths(
  { read, refuse, hole }: Reader,
  statements: readonly Statement[],
  start: DocumentState,
): Path {
  let secondReadings = 0;

  function walk(body: readonly Statement[], from: DocumentState, loop: Loop | null): Path {
    let state = from;
    let texts: TemplateData[] = [];
    function flush(what: 'a value' | 'a tag' | 'the end'): void {
      if (texts.length === 0) return;
      const piece = pieceOf(texts);
      texts = [];
      const { state: next, unfinished } = read(state, piece);
      state = next;
      if (unfinished === null || (what !== 'a value' && unfinished.isWhole)) return;
      refuse(piece, new MarkupProblem(unfinishedMessage(unfinished, what), unfinished.offset));
    }
    for (const statement of body) {
      if (statement.typename === 'Output') {
        for (const child of statement.children) {
          if (child.typename === 'TemplateData') {
            texts.push(child);
            continue;
          }
          flush('a value');
          state = throughHole(child, state);
        }
        continue;
      }
      flush('a tag');
      for (const fragment of statement.typename === 'Macro' ? [statement] : fragmentsIn(statement)) prove(fragment);
      const path = through(statement, state, loop);
      if (path === null) return null;
      state = path;
    }
    flush('the end');
    return state;
  }

  function throughHole(node: Expression, state: DocumentState): DocumentState {
    const isFragment = node.typename === 'Caller';
    for (const fragment of isFragment ? [node] : fragmentsIn(node, node.typename === 'Capture')) prove(fragment);
    const found = holeAt(state);
    if (typeof found === 'string') throw templateError(node, found);
    hole(node, found.kind);
    return found.next;
  }

  function through(node: Exclude<Statement, Output>, state: DocumentState, loop: Loop | null): Path {
    switch (node.typename) {
      case 'NodeList':
        return walk(node.children, state, loop);
      case 'If': {
        const then = walk(node.body.children, state, loop);
        const otherwise = node.else_ === null ? state : through(node.else_, state, loop);
        return meet(node, [then, otherwise], node.else_ !== null);
      }
      case 'Switch':
        return throughSwitch(node, state, loop);
      case 'For':
        return throughLoop(node, state, loop);
      case 'Break':
      case 'Continue':
        return leaveLoop(node, state, loop);
      case 'Set':
      case 'Macro':
        return state;
    }
  }

  function throughSwitch(node: Switch, state: DocumentState, loop: Loop | null): Path {
    // An empty case falls through to the next one.
    const bodies = node.cases.map(({ body }) => body.children).filter((body) => body.length > 0);
    const cases = bodies.map((body) => walk(body, state, loop));
    const otherwise = node.default === null ? state : walk(node.default.children, state, loop);
    return meet(node, [...cases, otherwise], node.default !== null);
  }

  function throughLoop(node: For, from: DocumentState, around: Loop | null): Path {
    let begun = from;
    for (;;) {
      const loop: Loop = { node, place: begun };
      const end = walk(node.body.children, begun, loop);
      if (end !== null) endPass(loop, end);
      const isSettled = isSameWord(begun.css, loop.place.css) && isSameWord(cssOf(begun), cssOf(loop.place));
      begun = loop.place;
      if (isSettled) break;
      // What a pass leaves behind is what the next one begins with.
      secondReadings += 1;
      if (secondReadings > MAX_SECOND_READINGS)
        throw templateError(node, 'There are too many loops in styles; use fewer.');
    }
    const otherwise = node.else_ === null ? from : walk(node.else_.children, from, around);
    return meet(node, [begun, otherwise], true);
  }

  function leaveLoop(node: Jump, state: DocumentState, loop: Loop | null): Path {
    if (loop === null) {
      const tag = tagOf(node);
      throw templateError(node, `"${tag}" stands in no "for" that it could act on; put it directly in the loop.`);
    }
    endPass(loop, state);
    return null;
  }

  function prove(node: Macro | Caller): void {
    for (const fragment of fragmentsIn(node)) prove(fragment);
    const end = walk(node.body.children, FRAGMENT_START, null);
    if (end === null || join(end, FRAGMENT_START) !== null) return;
    throw templateError(node, `A macro must close what it opens; this one ends ${describePlace(end)}.`);
  }

  return walk(statements, start, null);
}

/** A pass must leave the document where it found it, for there may be none, or a thousand. */
function endPass(loop: Loop, end: DocumentState): void {
  const { node, place } = loop;
  const both = join(place, end);
  if (both === null) {
    const [begin, ending] = [describePlace(place), describePlace(end)];
    throw templateError(node, `A pass of this loop begins ${begin} and ends ${ending}; close in it what it opens.`);
  }
  for (const name of end.tag?.attributes.keys() ?? []) {
    if (place.tag?.attributes.has(name)) continue;
    const message = `Each pass of this loop would write the attribute "${name}" again: a duplicate attribute; write it outside.`;
    throw templateError(node, message);
  }
  loop.place = both;
}

function meet(node: Statement, paths: readonly Path[], hasElse: boolean): Path {
  let met: Path = null;
  for (const path of paths) {
    if (path === null) continue;
    const both: Path = met === null ? path : join(met, path);
    if (both !== null) {
      met = both;
      continue;
    }
    const places = `one ${describePlace(met as DocumentState)}, one ${describePlace(path)}`;
    const mend = hasElse
      ? 'open and close the same in each branch'
      : 'open and close the same without it, or use "else"';
    throw templateError(node, `The branches of this "${tagOf(node)}" end in different places: ${places}; ${mend}.`);
  }
  return met;
}

const cssOf = ({ value }: DocumentState): CssState | null => value?.css ?? null;

const isSameWord = (a: CssState | null, b: CssState | null): boolean =>
  a?.word === b?.word && a?.unknown === b?.unknown;

const tagOf = ({ typename }: Statement): string => typename.toLowerCase();

function unfinishedMessage({ where, mend }: Unfinished, next: 'a value' | 'a tag' | 'the end'): string {
  if (next === 'the end') return `The text ends in ${where}; write the whole of it in one place.`;
  return `${next === 'a value' ? 'A value' : 'A tag of the template'} may not stand in ${where}; ${mend}.`;
}
