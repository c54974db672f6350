import { Alert } from './alert.tsx';

interface WarningsProps {
  readonly title: string;
  readonly warnings: readonly string[];
}

/** What is odd about a template that can be drawn; nothing where there is none. */
export function Warnings({ title, warnings }: WarningsProps) {
  if (warnings.length === 0) return null;
  return (
    <Alert kind="warn">
      {title}
      <ul class="plain">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Alert>
  );
}
