import { SelectField } from '../../components/select-field.tsx';
import { text } from '../../language/language.ts';

/** Seconds; `keep`: as it is, `forever`: no expiry. */
export const LIFETIMES = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const;

export type Lifetime = keyof typeof LIFETIMES | 'keep' | 'forever';

/** As the API takes it: absent, null for no expiry, or seconds. */
export function ttlOf(lifetime: Lifetime): { readonly ttlSeconds?: number | null } {
  if (lifetime === 'keep') return {};
  return { ttlSeconds: lifetime === 'forever' ? null : LIFETIMES[lifetime] };
}

interface LifetimeFieldProps {
  readonly choices: readonly Lifetime[];
  readonly value: Lifetime;
  readonly onChange: (value: Lifetime) => void;
}

export function LifetimeField({ choices, value, onChange }: LifetimeFieldProps) {
  const { editor } = text.value;
  return (
    <SelectField label={editor.lifetime} words={editor.lifetimes} choices={choices} value={value} onChange={onChange} />
  );
}
