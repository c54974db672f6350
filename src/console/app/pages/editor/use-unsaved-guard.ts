import { useLayoutEffect } from 'preact/hooks';
import { text } from '../../language/language.ts';

let beforeBack: ((event: PopStateEvent) => void) | null = null;

// At its target, the window, an event reaches its listeners in their order: this one has to come before the router's.
addEventListener('popstate', (event) => beforeBack?.(event));

/** Asks before what is not saved is left. */
export function useUnsavedGuard(unsaved: boolean): void {
  // At once: what is typed may be left in the same moment.
  useLayoutEffect(() => {
    if (!unsaved) return;
    const here = location.pathname + location.search;
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
    // Nothing can keep a browser from going back; the page it went to is not shown, and this one stands behind it again.
    beforeBack = (event) => {
      if (location.pathname + location.search === here || !stays()) return;
      event.stopImmediatePropagation();
      history.pushState(null, '', here);
    };
    addEventListener('beforeunload', beforeUnload);
    addEventListener('click', beforeLink, true);
    return () => {
      removeEventListener('beforeunload', beforeUnload);
      removeEventListener('click', beforeLink, true);
      beforeBack = null;
    };
  }, [unsaved]);
}
