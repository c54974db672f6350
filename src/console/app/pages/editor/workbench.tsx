import { useMemo } from 'preact/hooks';
import { execute } from '../../api.ts';
import { type Args, ArgsEditor } from '../../args/args-editor.tsx';
import { type Completions, NO_COMPLETIONS } from '../../code/completion.ts';
import { LazyTemplateEditor } from '../../code/lazy-editors.tsx';
import { Alert } from '../../components/alert.tsx';
import { SvgImage } from '../../components/svg-image.tsx';
import { Warnings } from '../../components/warnings.tsx';
import { FiltersDocument } from '../../generated/graphql.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { problemText } from '../../language/problem-text.ts';
import { useLoaded } from '../../use-loaded.ts';
import { type Preview, usePreview } from './use-preview.ts';

export interface Draft {
  readonly template: string;
  readonly args: Args;
}

interface WorkbenchProps {
  readonly draft: Draft;
  /** Another number: the template is another one than was typed. Default: it never is. */
  readonly taken?: number;
  /** What of it was changed. */
  readonly onChange: (changed: Partial<Draft>) => void;
  readonly onSave: () => void;
}

interface ProblemsProps {
  readonly preview: Preview;
  readonly problems: Preview['problems'];
}

function Problems({ preview, problems }: ProblemsProps) {
  const { editor } = text.value;
  const { warnings, error } = preview;
  return (
    <div class="problems" role="status">
      {error !== null && <Alert>{errorText(error)}</Alert>}
      {problems.length > 0 && preview.svg !== null && <p class="hint">{editor.lastGood}</p>}
      {problems.map(({ message }) => (
        <Alert key={message}>{message}</Alert>
      ))}
      <Warnings title={editor.warnings} warnings={warnings} />
    </div>
  );
}

/** Those that this server has, with the names of what they take; none while they are not known. */
function useFilters(): Completions['filters'] {
  const { value } = useLoaded(async () => {
    const { data } = await execute(FiltersDocument);
    return data.filters.map(({ name, parameters }) => ({
      label: name,
      type: 'function',
      detail: parameters.length === 0 ? '' : `(${parameters.join(', ')})`,
    }));
  }, []);
  return value ?? NO_COMPLETIONS.filters;
}

/** Template, args and what comes of them, side by side. */
export function Workbench({ draft, taken = 0, onChange, onSave }: WorkbenchProps) {
  const { template, args } = draft;
  const preview = usePreview(template, args);
  const { editor } = text.value;
  const filters = useFilters();
  const problems = useMemo(
    () => preview.problems.map((problem) => ({ ...problem, message: problemText(problem) })),
    [preview.problems, editor],
  );
  const completions = useMemo(() => {
    const known = (preview.variables ?? []).map(({ name }) => ({
      label: name,
      type: 'variable',
      detail: editor.argOf,
    }));
    return { args: known, filters };
  }, [preview.variables, filters, editor]);
  return (
    <div class="editor">
      <LazyTemplateEditor
        key={taken}
        label={editor.templateLabel}
        first={template}
        problems={problems}
        completions={completions}
        onChange={(next) => onChange({ template: next })}
        onSave={onSave}
      />
      <div class="stack">
        <div class={`picture preview${preview.isCurrent ? '' : ' stale'}`}>
          {preview.svg === null ? <div class="skeleton" /> : <SvgImage svg={preview.svg} alt={editor.previewOf} />}
        </div>
        <Problems preview={preview} problems={problems} />
        <section class="card" aria-label={text.value.session.args}>
          <ArgsEditor
            variables={preview.variables}
            args={args}
            onPatch={(patch) => onChange({ args: { ...args, ...patch } })}
            onReplace={(next) => onChange({ args: next })}
            onSave={onSave}
          />
        </section>
      </div>
    </div>
  );
}
