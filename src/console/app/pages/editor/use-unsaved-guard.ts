import { useEffect } from 'preact/hooks';
import { text } from '../../language/language.ts';

/** Asks before what is not saved is left. */
export function useUnsavedGuard(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const stays = () => !confirm(text.value.editor.discard);
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the router, which follows links by itself.
    const beforeLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hash !== '') return;
      if (!stays()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('beforeunload', beforeUnload);
    addEventListener('click', beforeLink, true);
    return () => {
      removeEventListener('beforeunload', beforeUnload);
      removeEventListener('click', beforeLink, true);
    };
  }, [unsaved]);
}
