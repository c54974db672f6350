import type { ComponentProps, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type CodeEditor from './code-editor.tsx';

type Props = ComponentProps<typeof CodeEditor>;

let loaded: ComponentType<Props> | null = null;

/** The editor is three times as heavy as all the rest. */
export function LazyCodeEditor(props: Props) {
  const [Editor, setEditor] = useState<ComponentType<Props> | null>(() => loaded);
  useEffect(() => {
    if (Editor !== null) return;
    void import('./code-editor.tsx').then((module) => {
      loaded = module.default;
      setEditor(() => loaded);
    });
  }, []);
  return Editor === null ? <div class="code skeleton" /> : <Editor {...props} />;
}
