import { useEffect, useRef } from 'preact/hooks';
import { type CodeView, openCodeView } from './code-view.ts';
import type { Completions } from './completion.ts';
import type { Problem } from './use-preview.ts';

interface CodeEditorProps {
  readonly label: string;
  /** What it begins with. What is typed comes out of it alone: put back in, late, it would undo what came after. */
  readonly first: string;
  readonly readOnly: boolean;
  readonly problems: readonly Problem[];
  readonly completions: Completions;
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

/** The template as code. It is loaded when it is needed. */
export default function CodeEditor({ label, first, readOnly, problems, completions, ...handlers }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const latest = useRef(handlers);
  latest.current = handlers;

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    // Styles that a script adopts in a shadow tree need no exception in the policy of the page.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const opened = openCodeView(root, {
      ...{ label, value: first, readOnly },
      onChange: (text) => latest.current.onChange(text),
      onSave: () => latest.current.onSave(),
    });
    view.current = opened;
    return () => opened.close();
  }, [label, readOnly]);

  useEffect(() => view.current?.setProblems(problems), [problems, label, readOnly]);
  useEffect(() => view.current?.setCompletions(completions), [completions, label, readOnly]);

  return <div class="code" ref={host} data-code-editor />;
}
