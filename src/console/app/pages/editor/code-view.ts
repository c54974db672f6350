import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { jinja } from '@codemirror/lang-jinja';
import { xml } from '@codemirror/lang-xml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { CODE_STYLE } from './code-style.ts';
import { type Completions, completionSource, NO_COMPLETIONS } from './completion.ts';
import type { Problem } from './use-preview.ts';

export interface CodeViewOptions {
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

export interface CodeView {
  setProblems(problems: readonly Problem[]): void;
  setCompletions(completions: Completions): void;
  close(): void;
}

const WORD = /^(?:[\w$.]+|\S)/;

/** The word at its line and column; a problem whose place nobody knows has none. */
function diagnosticOf(doc: Text, { line, column, message }: Problem): Diagnostic[] {
  if (line === null || line > doc.lines) return [];
  const { from, to, text } = doc.line(line);
  const start = Math.min(from + (column ?? 1) - 1, to);
  const length = WORD.exec(text.slice(start - from))?.[0].length ?? 0;
  // At the end of a line the character before it is what can be underlined.
  const end = start + length;
  return [{ from: end === start ? Math.max(from, start - 1) : start, to: end, severity: 'error', message }];
}

export function openCodeView(root: ShadowRoot, options: CodeViewOptions): CodeView {
  const { label, value, readOnly, onChange, onSave } = options;
  let completions = NO_COMPLETIONS;
  const save = () => {
    onSave();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: value,
      extensions: [
        keymap.of([{ key: 'Mod-s', run: save, preventDefault: true }]),
        [lineNumbers(), foldGutter(), lintGutter(), highlightActiveLineGutter(), highlightActiveLine()],
        [history(), drawSelection(), indentOnInput(), bracketMatching(), highlightSelectionMatches()],
        search({ top: true }),
        jinja({ base: xml() }),
        autocompletion({ override: [completionSource(() => completions)], icons: false }),
        keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        EditorState.readOnly.of(readOnly),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
        CODE_STYLE,
      ],
    }),
  });
  return {
    setProblems(problems) {
      const { doc } = view.state;
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.flatMap((problem) => diagnosticOf(doc, problem)),
        ),
      );
    },
    setCompletions(next) {
      completions = next;
    },
    close: () => view.destroy(),
  };
}
