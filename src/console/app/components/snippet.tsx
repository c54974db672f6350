import { CopyButton } from './copy-button.tsx';

/** Code to be pasted elsewhere. */
export function Snippet({ label, code }: { readonly label: string; readonly code: string }) {
  return (
    <div class="snippet">
      <div class="snippet-head">
        <span>{label}</span>
        <CopyButton value={code} what={label} />
      </div>
      <pre>
        <code>{code}</code>
      </pre>
    </div>
  );
}
