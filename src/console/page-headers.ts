function headers(frameAncestors: string) {
  return {
    'content-security-policy':
      "default-src 'none'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; connect-src 'self'; " +
      `base-uri 'none'; form-action 'self'; frame-ancestors ${frameAncestors}`,
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  } as const;
}

/** Every page but the bare one: nobody may frame it. */
export const PAGE_HEADERS = headers("'none'");

/** The bare page of a picture is made to stand in frames. */
export const LIVE_HEADERS = headers('*');
