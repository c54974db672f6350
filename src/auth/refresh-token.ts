import { hashSecret, makeOpaqueToken, newSecret, readOpaqueToken } from './opaque-token.ts';

/** What a refresh token says. All tokens of one sign-in carry the secret of its family, which each hands on to the next. */
export interface RefreshToken {
  readonly uid: string;
  readonly sid: string;
  readonly family: string;
}

export interface MadeRefreshToken {
  readonly token: string;
  readonly tokenHash: string;
  readonly familyHash: string;
}

export function makeRefreshToken({ uid, sid, family }: RefreshToken): MadeRefreshToken {
  const token = makeOpaqueToken('refresh token', { uid, id: sid, secrets: [family, newSecret()] });
  return { token, tokenHash: hashSecret(token), familyHash: hashSecret(family) };
}

/** @returns null for anything that we never made */
export function readRefreshToken(text: string): RefreshToken | null {
  const read = readOpaqueToken('refresh token', text);
  const [family] = read?.secrets ?? [];
  return read === null || family === undefined ? null : { uid: read.uid, sid: read.id, family };
}
