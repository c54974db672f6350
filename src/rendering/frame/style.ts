const URL_FUNCTION = /url\s*\(/gi;
const LOCAL_URL = /^\s*["']?\s*(?:#|data:image\/(?:png|jpeg|gif|webp|avif);base64,)/i;
const LOADING =
  /(?:image-set|image|cross-fade|src|element|expression)\s*\(|@import|-moz-binding|behavior\s*:|javascript:/i;

/** What in a piece of CSS could load something from elsewhere; null: nothing. */
export function styleProblem(css: string): string | null {
  // `u\72l(` is `url(` to a browser.
  if (css.includes('\\')) return 'a backslash';
  const loading = LOADING.exec(css);
  if (loading !== null) return `"${loading[0]}"`;
  for (const { index, 0: opening } of css.matchAll(URL_FUNCTION)) {
    const target = css.slice(index + opening.length);
    if (!LOCAL_URL.test(target)) return `"url(${target.slice(0, 40)}"`;
  }
  return null;
}
