import { jsonText } from '../code/json-text.ts';
import { text } from '../language/language.ts';
import type { ControlProps } from './control-kind.ts';
import { type Read, useTyped } from './use-typed.ts';

function readJson(typed: string): Read<unknown> {
  try {
    return { value: JSON.parse(typed) };
  } catch {
    return null;
  }
}

function whyNot(typed: string): string {
  try {
    JSON.parse(typed);
    return '';
  } catch (error) {
    return text.value.args.notJson((error as Error).message);
  }
}

/** JSON in a form. Args as a whole have an editor, which is too heavy for a field. */
export function JsonInput({ id, field: { value, fallback }, onChange }: ControlProps) {
  const typed = useTyped({ value: value ?? fallback ?? [], write: jsonText, read: readJson, onChange });
  const faultId = `${id}-fault`;
  return (
    <>
      <textarea
        id={id}
        class="input"
        rows={4}
        spellcheck={false}
        aria-invalid={!typed.isRead}
        aria-describedby={faultId}
        value={typed.text}
        onInput={({ currentTarget }) => typed.type(currentTarget.value)}
      />
      <p class="fault" id={faultId}>
        {whyNot(typed.text)}
      </p>
    </>
  );
}
