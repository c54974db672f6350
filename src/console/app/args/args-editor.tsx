import { useRef, useState } from 'preact/hooks';
import { LazyJsonEditor } from '../code/lazy-editors.tsx';
import { Tabs } from '../components/tabs.tsx';
import type { VariableFragment } from '../generated/graphql.ts';
import { text } from '../language/language.ts';
import { ArgControl } from './arg-control.tsx';
import { type ArgField, argFields } from './control-kind.ts';

export type Args = Readonly<Record<string, unknown>>;

interface ArgsEditorProps {
  /** What the template reads; null: not known yet. */
  readonly variables: readonly VariableFragment[] | null;
  readonly args: Args;
  /** One arg was changed in the form. */
  readonly onPatch: (patch: Args) => void;
  /** All of them were written as JSON. */
  readonly onReplace: (args: Args) => void;
  /** Ctrl+S or ⌘S in the JSON. Default: they do nothing. */
  readonly onSave?: () => void;
}

function isObject(value: unknown): value is Args {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields in which something is typed keep their control: a new one would be without the focus and the next letter. */
function useSteadyKinds(fields: readonly ArgField[]) {
  const typed = useRef(new Map<string, Pick<ArgField, 'kind' | 'value'>>());
  return {
    fields: fields.map((field) => {
      const before = typed.current.get(field.name);
      const isTyped = before !== undefined && JSON.stringify(before.value) === JSON.stringify(field.value);
      return isTyped ? { ...field, kind: before.kind } : field;
    }),
    keep: ({ name, kind }: ArgField, value: unknown) => void typed.current.set(name, { kind, value }),
  };
}

/** Args as a form with the right control for each, and as JSON. */
export function ArgsEditor({ variables, args, onPatch, onReplace, onSave }: ArgsEditorProps) {
  const [mode, setMode] = useState<'form' | 'json'>('form');
  // Each stays once it was shown: what is half typed in one of them is not lost while the other is looked at.
  const isJsonShown = useRef(false);
  if (mode === 'json') isJsonShown.current = true;
  const words = text.value.args;
  const { fields, keep } = useSteadyKinds(argFields(variables ?? [], args));
  return (
    <div class="args">
      <Tabs
        label={words.mode}
        tabs={[
          ['form', words.form],
          ['json', words.json],
        ]}
        selected={mode}
        onSelect={setMode}
      >
        {/* Until then its fields stand there unseen, to keep its place: their order may be another one. */}
        <div class="arg-list" aria-busy={variables === null} hidden={mode !== 'form'}>
          {fields.length === 0 && <p class="muted">{text.value.session.noArgs}</p>}
          {fields.map((field) => (
            <ArgControl
              key={`${field.kind} ${field.name}`}
              field={field}
              onChange={(value) => {
                keep(field, value);
                onPatch({ [field.name]: value });
              }}
            />
          ))}
        </div>
        {isJsonShown.current && (
          <div class="arg-list" hidden={mode !== 'json'}>
            <LazyJsonEditor
              label={words.json}
              value={args}
              check={(value) => (isObject(value) ? null : words.notObject)}
              onChange={(value) => onReplace(value as Args)}
              {...(onSave === undefined ? {} : { onSave })}
            />
          </div>
        )}
      </Tabs>
    </div>
  );
}
