import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { CODE_STYLE } from './code-style.ts';

/** What is wrong with the code. Lines and columns, in UTF-16 code units, count from 1; null: nobody knows where. */
export interface CodeProblem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

export interface CodeViewOptions {
  readonly label: string;
  readonly content: string;
  readonly language: Extension;
  /** Something was typed. */
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

export interface CodeView {
  setContent(content: string): void;
  setProblems(problems: readonly CodeProblem[]): void;
  close(): void;
}

const replaced = Annotation.define<true>();
const WORD = /^(?:[\w$.]+|\S)/;

/** The word at its line and column; a problem whose place nobody knows has none. */
function diagnosticOf(doc: Text, { line, column, message }: CodeProblem): Diagnostic[] {
  if (line === null || line > doc.lines) return [];
  const { from, to, text } = doc.line(line);
  const start = Math.min(from + (column ?? 1) - 1, to);
  const length = WORD.exec(text.slice(start - from))?.[0].length ?? 0;
  // At the end of a line the character before it is what can be underlined.
  const end = start + length;
  return [{ from: end === start ? Math.max(from, start - 1) : start, to: end, severity: 'error', message }];
}

export function openCodeView(root: ShadowRoot, options: CodeViewOptions): CodeView {
  const { label, content, language, onChange, onSave } = options;
  const save = () => {
    onSave();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: content,
      extensions: [
        keymap.of([{ key: 'Mod-s', run: save, preventDefault: true }]),
        [lineNumbers(), foldGutter(), lintGutter(), highlightActiveLineGutter(), highlightActiveLine()],
        [history(), drawSelection(), indentOnInput(), bracketMatching(), highlightSelectionMatches()],
        search({ top: true }),
        language,
        keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap]),
        EditorView.lineWrapping,
        // Editable text takes the focus by itself; the attribute says so to whoever asks what a scroller is scrolled from.
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          const isTyped = transactions.every((transaction) => transaction.annotation(replaced) === undefined);
          if (docChanged && isTyped) onChange(state.doc.toString());
        }),
        CODE_STYLE,
      ],
    }),
  });
  return {
    setContent(next) {
      const { doc } = view.state;
      if (next === doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: doc.length, insert: next }, annotations: replaced.of(true) });
    },
    setProblems(problems) {
      const { doc } = view.state;
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.flatMap((problem) => diagnosticOf(doc, problem)),
        ),
      );
    },
    close: () => view.destroy(),
  };
}
