import { text } from '../language/language.ts';
import { SelectField } from './select-field.tsx';

const HOUR_MS = 3_600_000;
const HOURS = { hour: 1, day: 24, week: 168, month: 720, year: 8760, never: null } as const;

/** How long from now something works. */
export type End = keyof typeof HOURS;

/** As the API takes it; null: never. */
export function endsAt(end: End): string | null {
  const hours = HOURS[end];
  return hours === null ? null : new Date(Date.now() + hours * HOUR_MS).toISOString();
}

interface EndFieldProps {
  readonly label: string;
  readonly fault?: string | null;
  readonly choices: readonly End[];
  readonly value: End;
  readonly onChange: (value: End) => void;
}

/** When something that is handed out stops working. */
export function EndField(props: EndFieldProps) {
  return <SelectField words={text.value.common.ends} {...props} />;
}
