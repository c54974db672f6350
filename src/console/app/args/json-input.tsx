import { useEffect, useId, useState } from 'preact/hooks';
import { text } from '../language/language.ts';

interface JsonInputProps {
  readonly id: string;
  readonly value: unknown;
  readonly rows: number;
  /** Called with what is JSON; what is not, yet, stays in the field. */
  readonly onChange: (value: unknown) => void;
  /** null: any JSON will do. @returns why it will not do, or null */
  readonly check?: (value: unknown) => string | null;
}

/** Short lists on one line, longer ones with a line for each element. */
function written(value: unknown): string {
  const line = JSON.stringify(value);
  return line.length <= 60 ? line : JSON.stringify(value, null, 2);
}

export function JsonInput({ id, value, rows, onChange, check }: JsonInputProps) {
  const [draft, setDraft] = useState(() => written(value));
  const [fault, setFault] = useState<string | null>(null);
  const faultId = useId();

  // What somebody else changed shows, unless it says what stands here already.
  useEffect(() => {
    try {
      if (JSON.stringify(JSON.parse(draft)) === JSON.stringify(value)) return;
    } catch {
      return;
    }
    setDraft(written(value));
  }, [value]);

  function change(next: string) {
    setDraft(next);
    try {
      const parsed: unknown = JSON.parse(next);
      const refused = check?.(parsed) ?? null;
      setFault(refused);
      if (refused === null) onChange(parsed);
    } catch (error) {
      setFault(text.value.args.notJson((error as Error).message));
    }
  }

  return (
    <>
      <textarea
        id={id}
        class="input"
        rows={rows}
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
