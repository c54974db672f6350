import { signal } from '@preact/signals';

/** Milliseconds since 1970, once a second while somebody looks; one timer for all ages on the page. */
export const now = signal(Date.now());

setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 1000);
