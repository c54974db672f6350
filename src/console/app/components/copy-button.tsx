import { useEffect, useState } from 'preact/hooks';
import { copyText } from '../copy-text.ts';
import { text } from '../language/language.ts';
import { complain } from '../toasts.ts';
import { Icon } from './icon.tsx';

const SAY_COPIED_MS = 1600;

/** @param what names what is copied, for those who hear the button alone */
export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const [copied, setCopied] = useState(false);
  const { common } = text.value;
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAY_COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy() {
    if (await copyText(value)) setCopied(true);
    else complain(common.copyByHand);
  }
  return (
    <button type="button" class="copy" onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} size={15} />
      <span aria-live="polite">{copied ? common.copied : common.copy}</span>
      <span class="visually-hidden">{what}</span>
    </button>
  );
}
