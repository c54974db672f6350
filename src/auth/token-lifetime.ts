/** The longest life of an access token. */
export const MAX_TTL_SECONDS = 86_400;

/** How far the clocks of two servers may lie apart. */
export const MAX_CLOCK_SKEW_MS = 60_000;
