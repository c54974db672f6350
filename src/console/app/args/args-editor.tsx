import { useState } from 'preact/hooks';
import { LazyJsonEditor } from '../code/lazy-editors.tsx';
import { Tabs } from '../components/tabs.tsx';
import type { VariableFragment } from '../generated/graphql.ts';
import { text } from '../language/language.ts';
import { ArgControl } from './arg-control.tsx';
import { argFields } from './control-kind.ts';

export type Args = Readonly<Record<string, unknown>>;

interface ArgsEditorProps {
  readonly variables: readonly VariableFragment[];
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

/** Args as a form with the right control for each, and as JSON. */
export function ArgsEditor({ variables, args, onPatch, onReplace, onSave }: ArgsEditorProps) {
  const [mode, setMode] = useState<'form' | 'json'>('form');
  const words = text.value.args;
  const fields = argFields(variables, args);
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
        {mode === 'form' ? (
          <div class="arg-list">
            {fields.length === 0 && <p class="muted">{text.value.session.noArgs}</p>}
            {fields.map((field) => (
              <ArgControl
                key={field.name}
                field={field}
                onChange={(value) => onPatch({ [field.name]: value })}
              />
            ))}
          </div>
        ) : (
          <div class="arg-list">
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
