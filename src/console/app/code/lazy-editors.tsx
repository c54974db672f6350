import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type JsonEditor from './json-editor.tsx';
import type TemplateEditor from './template-editor.tsx';

/** The editors are three times as heavy as all the rest: they are loaded when they are shown. */
function lazily<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [Editor, setEditor] = useState<ComponentType<Props> | null>(() => loaded);
    useEffect(() => {
      if (Editor !== null) return;
      void load().then((module) => {
        loaded = module.default;
        setEditor(() => loaded);
      });
    }, []);
    return Editor === null ? <div class="code skeleton" /> : <Editor {...props} />;
  };
}

export const LazyTemplateEditor: typeof TemplateEditor = lazily(() => import('./template-editor.tsx'));
export const LazyJsonEditor: typeof JsonEditor = lazily(() => import('./json-editor.tsx'));
