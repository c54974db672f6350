import { autocompletion } from '@codemirror/autocomplete';
import { jinja } from '@codemirror/lang-jinja';
import { xml } from '@codemirror/lang-xml';
import { useRef, useState } from 'preact/hooks';
import { CodeEditor } from './code-editor.tsx';
import type { CodeProblem } from './code-view.ts';
import { type Completions, completionSource } from './completion.ts';

interface TemplateEditorProps {
  readonly label: string;
  /** What it begins with. What is typed comes out of it alone: put back in, late, it would undo what came after. */
  readonly first: string;
  readonly problems: readonly CodeProblem[];
  readonly completions: Completions;
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

/** An SVG template as code. */
export default function TemplateEditor({ first, completions, ...rest }: TemplateEditorProps) {
  const [content] = useState(first);
  const known = useRef(completions);
  known.current = completions;
  const [language] = useState(() => [
    jinja({ base: xml() }),
    autocompletion({ override: [completionSource(() => known.current)], icons: false }),
  ]);
  return <CodeEditor content={content} language={language} {...rest} />;
}
