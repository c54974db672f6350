import type { KeyStore } from '../storage/key-store.ts';
import { type Deny, keySubject } from './denial.ts';
import { assertOpens, type KeyEncryption, sealedKeys } from './key-encryption.ts';
import { keptAt, type PlacedKey, PUBLISHED_BEFORE_MS, placedAt } from './key-ring.ts';
import { makeSigningKey } from './signing-key.ts';
import { readStoredKeys, type StoredKey, writeStoredKeys } from './stored-keys.ts';

export interface Rotation {
  readonly kid: string;
  /** Milliseconds since 1970. */
  readonly signsFrom: number;
  /** false: another rotation had begun, and this is its key. */
  readonly made: boolean;
}

/** What an operator may do with the signing keys, beside servers that run. Methods reject with Refusal UNAVAILABLE. */
export interface KeyOperator {
  /** Oldest first; none before the first start of a server. */
  list(): Promise<readonly PlacedKey[]>;
  /** Publishes a key that signs once nobody has a JWKS without it, unless such a key waits already. */
  rotate(): Promise<Rotation>;
  /**
   * Replaces all keys by one that signs at once. What they signed is refused, within a second on every server. Needs
   * none of them, so it also helps when they are damaged, or encrypted by a key that is lost.
   */
  replaceAll(): Promise<Rotation>;
}

export interface KeyOperatorDeps {
  readonly store: KeyStore;
  readonly deny: Deny;
  readonly encryption: KeyEncryption;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
}

export function createKeyOperator({ store, deny, encryption, clock = Date.now }: KeyOperatorDeps): KeyOperator {
  /** @returns whether it is there; not if the record is no more what it was */
  async function put(standing: string | null, keys: readonly StoredKey[]): Promise<boolean> {
    const next = writeStoredKeys(keys);
    return standing === null ? (await store.offer(next)) === next : store.replace(standing, next);
  }

  async function until(attempt: (standing: string | null) => Promise<Rotation | null>): Promise<Rotation> {
    for (;;) {
      const rotation = await attempt(await store.read());
      if (rotation !== null) return rotation;
    }
  }

  function makeKey(delayMs: number) {
    const now = clock();
    return makeSigningKey({ publishedAt: now, signsFrom: now + delayMs }, encryption);
  }

  return {
    async list() {
      const text = await store.read();
      return text === null ? [] : placedAt(keptAt(await readStoredKeys(text), clock()), clock());
    },

    rotate: () =>
      until(async (standing) => {
        const keys = standing === null ? [] : await readStoredKeys(standing);
        assertOpens(keys, encryption);
        const waiting = keys.find(({ signsFrom }) => signsFrom > clock());
        if (waiting !== undefined) return { ...waiting, made: false };
        const key = await makeKey(keys.length === 0 ? 0 : PUBLISHED_BEFORE_MS);
        const next = sealedKeys(keptAt([...keys, key], clock()), encryption);
        return (await put(standing, next)) ? { ...key, made: true } : null;
      }),

    replaceAll: () =>
      until(async (standing) => {
        const keys = standing === null ? [] : await readStoredKeys(standing).catch(() => []);
        // Else the new one would stand there for everybody to read.
        if (encryption.current === null) assertOpens(keys, encryption);
        const key = await makeKey(0);
        // Denied first: if the next step fails, nobody goes on with a key that leaked, and the whole can be repeated.
        await deny(keys.map(({ kid }) => keySubject(kid)));
        return (await put(standing, [key])) ? { ...key, made: true } : null;
      }),
  };
}
