import type { SessionWrite } from './session-store.ts';

/**
 * A write that begins a session has nothing to inherit: it brings its template and its time to live.
 *
 * @throws TypeError for a caller that forgot either; a session without a template could never be updated again.
 */
export function requireWholeBeginning({ expect, template, ttlMs }: SessionWrite): void {
  if (expect.is === 'absent' && (template === undefined || ttlMs === undefined)) {
    throw new TypeError('A write that expects no session needs `template` and `ttlMs`.');
  }
}
