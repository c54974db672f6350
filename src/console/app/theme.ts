import { signal } from '@preact/signals';
import { forget, recall, remember } from './remembered.ts';

/** `system`: as the system says. */
export type Theme = 'system' | 'dark' | 'light';

const KEY = 'rsvg.theme';

function chosen(): Theme {
  const stored = recall(KEY);
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

export const theme = signal<Theme>(chosen());

export function chooseTheme(next: Theme): void {
  theme.value = next;
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
    forget(KEY);
  } else {
    document.documentElement.dataset.theme = next;
    remember(KEY, next);
  }
}

/** Whether the page is dark at this moment. */
export function isDark(): boolean {
  return theme.value === 'system' ? !matchMedia('(prefers-color-scheme: light)').matches : theme.value === 'dark';
}
