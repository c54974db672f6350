import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

const SHOWN_MS = 5000;

/** What went wrong stays until it is closed or pushed out by the next ones. */
const MOST = 3;

export const toasts = signal<readonly Toast[]>([]);
let last = 0;

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

function show(kind: Toast['kind'], text: string): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.value.filter((toast) => toast.text !== text), { id, kind, text }].slice(-MOST);
  if (kind === 'good') setTimeout(() => dismiss(id), SHOWN_MS);
}

export const say = (text: string): void => show('good', text);
export const complain = (text: string): void => show('bad', text);
