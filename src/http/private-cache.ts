/** `Cache-Control` of what only some may see (RFC 9111, section 5.2.2): nobody keeps it, caches that many share least of all. */
export const PRIVATE_CACHE = 'private, no-store';
