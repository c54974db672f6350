import type { Extension } from '@codemirror/state';
import { useEffect, useRef } from 'preact/hooks';
import { type CodeProblem, type CodeView, openCodeView } from './code-view.ts';

interface CodeEditorProps {
  readonly label: string;
  /** What stands in it until it is typed over. A new one replaces what was typed. */
  readonly content: string;
  readonly language: Extension;
  readonly problems: readonly CodeProblem[];
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

/** Code, to be typed. It is heavy: load it when it is needed. */
export function CodeEditor({ label, content, language, problems, ...handlers }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const latest = useRef(handlers);
  latest.current = handlers;
  /** A view that is opened anew, in another language, goes on with it. */
  const standing = useRef(content);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    // Styles that a script adopts in a shadow tree need no exception in the policy of the page.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const opened = openCodeView(root, {
      ...{ label, content: standing.current, language },
      onChange(text) {
        standing.current = text;
        latest.current.onChange(text);
      },
      onSave: () => latest.current.onSave(),
    });
    view.current = opened;
    return () => opened.close();
  }, [label]);

  useEffect(() => {
    standing.current = content;
    view.current?.setContent(content);
  }, [content]);
  useEffect(() => view.current?.setProblems(problems), [problems, label]);

  return <div class="code" ref={host} data-code-editor />;
}
