import { useEffect, useId, useState } from 'preact/hooks';
import { jsonText } from '../code/json-text.ts';
import { text } from '../language/language.ts';

interface JsonInputProps {
  readonly id: string;
  readonly value: unknown;
  /** Called with what is JSON; what is not, yet, stays in the field. */
  readonly onChange: (value: unknown) => void;
}

/** JSON in a form. Args as a whole have an editor, which is too heavy for a field. */
export function JsonInput({ id, value, onChange }: JsonInputProps) {
  const [draft, setDraft] = useState(() => jsonText(value));
  const [fault, setFault] = useState<string | null>(null);
  const faultId = useId();

  // What somebody else changed shows, unless it says what stands here already.
  useEffect(() => {
    try {
      if (JSON.stringify(JSON.parse(draft)) === JSON.stringify(value)) return;
    } catch {
      return;
    }
    setDraft(jsonText(value));
  }, [value]);

  function change(next: string) {
    setDraft(next);
    try {
      onChange(JSON.parse(next));
      setFault(null);
    } catch (error) {
      setFault(text.value.args.notJson((error as Error).message));
    }
  }

  return (
    <>
      <textarea
        id={id}
        class="input"
        rows={4}
        spellcheck={false}
        aria-invalid={fault !== null}
        aria-describedby={faultId}
        value={draft}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      <p class="fault" id={faultId}>
        {fault}
      </p>
    </>
  );
}
