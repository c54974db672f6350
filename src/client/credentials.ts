/** An access token or an API key, or what gives one each time it is needed; null: none. */
export type TokenOption = string | (() => string | null | Promise<string | null>);

/** Where the value of the `Authorization` header comes from. */
export interface Credentials {
  /** null: none. */
  readonly authorization: () => Promise<string | null>;
  /** The server has refused this one. @returns whether there may be a better one now */
  readonly renew: (refused: string | null) => boolean;
}

export const ANONYMOUS: Credentials = { authorization: async () => null, renew: () => false };

export function withToken(token: TokenOption): Credentials {
  async function authorization() {
    const given = typeof token === 'string' ? token : await token();
    return given === null ? null : `Bearer ${given}`;
  }
  return { authorization, renew: () => typeof token === 'function' };
}
