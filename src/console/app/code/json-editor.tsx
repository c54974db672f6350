import { json, jsonLanguage } from '@codemirror/lang-json';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { text } from '../language/language.ts';
import { CodeEditor } from './code-editor.tsx';
import type { CodeProblem } from './code-view.ts';
import { jsonText } from './json-text.ts';

interface JsonEditorProps {
  readonly label: string;
  readonly value: unknown;
  /** @returns why this JSON will not do, or null */
  readonly check: (value: unknown) => string | null;
  /** Called with JSON that will do; what will not, yet, stays in the editor. */
  readonly onChange: (value: unknown) => void;
  readonly onSave?: () => void;
}

const LANGUAGE = json();

/** Where JSON breaks off. What engines say of it differs, is English, and often names no place. */
function placeOfFault(source: string): { readonly line: number; readonly column: number } | null {
  let at: number | null = null;
  jsonLanguage.parser.parse(source).iterate({
    enter({ type, from }) {
      if (type.isError) at ??= from;
    },
  });
  if (at === null) return null;
  const before = source.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function problemOf(source: string, check: JsonEditorProps['check']): CodeProblem | null {
  try {
    const message = check(JSON.parse(source));
    return message === null ? null : { message, line: null, column: null };
  } catch (error) {
    const place = placeOfFault(source);
    const { notJson, notJsonAt } = text.value.args;
    if (place === null) return { message: notJson((error as Error).message), line: null, column: null };
    return { message: notJsonAt(String(place.line), String(place.column)), ...place };
  }
}

/** JSON as code: what is wrong is underlined and said, and what somebody else changes shows. */
export default function JsonEditor({ label, value, check, onChange, onSave = () => {} }: JsonEditorProps) {
  const [content, setContent] = useState(() => jsonText(value));
  const typed = useRef(content);
  const [problem, setProblem] = useState<CodeProblem | null>(null);

  // Unless what stands here says the same already, or is being written still.
  useEffect(() => {
    try {
      if (JSON.stringify(JSON.parse(typed.current)) === JSON.stringify(value)) return;
    } catch {
      return;
    }
    typed.current = jsonText(value);
    setContent(typed.current);
    setProblem(null);
  }, [value]);

  function change(next: string) {
    typed.current = next;
    const found = problemOf(next, check);
    setProblem(found);
    if (found === null) onChange(JSON.parse(next));
  }

  const problems = useMemo(() => (problem === null ? [] : [problem]), [problem]);
  return (
    <>
      <CodeEditor
        label={label}
        content={content}
        language={LANGUAGE}
        problems={problems}
        onChange={change}
        onSave={onSave}
      />
      <p class="fault" role="status">
        {problem?.message}
      </p>
    </>
  );
}
