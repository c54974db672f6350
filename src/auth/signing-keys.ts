import type { CryptoKey } from 'jose';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { KeyStore } from '../storage/key-store.ts';
import { type KeyEncryption, NOT_ENCRYPTED, sealedKeys } from './key-encryption.ts';
import { keptAt, signerAt } from './key-ring.ts';
import { importPrivateHalf, importPublicHalf, makeSigningKey, type PublicJwk, publicJwkOf } from './signing-key.ts';
import { readStoredKeys, type StoredKey, writeStoredKeys } from './stored-keys.ts';

export interface Signer {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

export interface Verifier {
  readonly kid: string;
  readonly publicKey: CryptoKey;
}

/**
 * The keys of the store in the memory of this process, made if there are none; read again every 10 seconds. Methods
 * reject with Refusal UNAVAILABLE while they were never read, or cannot be used.
 */
export interface SigningKeys {
  /** What to sign with now. Asks the store if that was not done for 30 seconds, or if the key that it knows is denied. */
  signer(): Promise<Signer>;
  /**
   * What a token with this `kid` is verified with, without it: the key that signs now. For one that is not known the
   * store is asked, once in 10 seconds however many ask.
   *
   * @returns null for a key that is not ours
   */
  verifier(kid: string | undefined): Promise<Verifier | null>;
  /** All public keys, as the store has them now; of a store that is away, as it last had them. */
  published(): Promise<readonly PublicJwk[]>;
  /** Reads the store, removes there what is over and, the first time, encrypts what is not. */
  maintain(): Promise<void>;
  close(): void;
}

export interface SigningKeysDeps {
  readonly store: KeyStore;
  /** Default: kept as they are. */
  readonly encryption?: KeyEncryption;
  /** Whether all that this key signed is refused. Default: never. */
  readonly isDenied?: (kid: string) => boolean;
  readonly log: Log;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
  /** Milliseconds from any beginning, which nobody sets. Default: the system's monotonic clock. */
  readonly elapsed?: () => number;
}

const READ_EVERY_MS = 10_000;
const ASK_FOR_UNKNOWN_EVERY_MS = 10_000;
const TOO_OLD_TO_SIGN_MS = 30_000;

interface Known {
  /** The record. */
  readonly text: string;
  readonly keys: readonly StoredKey[];
  readonly publicKeys: ReadonlyMap<string, CryptoKey>;
  /** By `elapsed`. */
  readonly readAt: number;
}

export function createSigningKeys(deps: SigningKeysDeps): SigningKeys {
  const { store, encryption = NOT_ENCRYPTED, isDenied = () => false, log } = deps;
  const { clock = Date.now, elapsed = () => performance.now() } = deps;
  /** Those that were opened once stay so, though another server encrypts the record by a key that is not ours yet. */
  const privateKeys = new Map<string, CryptoKey>();
  let known: Known | null = null;
  let reading: Promise<Known> | null = null;
  let asked: { readonly at: number; readonly answer: Promise<Known> } | null = null;
  let sealed = false;

  async function firstRecord(): Promise<string> {
    const now = clock();
    return writeStoredKeys([await makeSigningKey({ publishedAt: now, signsFrom: now }, encryption)]);
  }

  async function read(): Promise<Known> {
    const readAt = elapsed();
    // A store that lost everything is given back what it had: tokens that are out there stay good.
    const text = (await store.read()) ?? (await store.offer(known?.text ?? (await firstRecord())));
    if (text === known?.text) return { ...known, readAt };
    const keys = await readStoredKeys(text);
    const publicKeys = new Map<string, CryptoKey>();
    for (const key of keys) publicKeys.set(key.kid, await importPublicHalf(key));
    for (const kid of privateKeys.keys()) if (!publicKeys.has(kid)) privateKeys.delete(kid);
    log.info({ kids: keys.map(({ kid }) => kid), signer: signerAt(keys, clock()).kid }, 'signing keys loaded');
    const fresh = { text, keys, publicKeys, readAt };
    await openAll(fresh);
    return fresh;
  }

  function reload(): Promise<Known> {
    reading ??= read()
      .then((fresh) => {
        known = fresh;
        return fresh;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  async function privateKeyOf(key: StoredKey, { publicKeys }: Known): Promise<CryptoKey> {
    const publicKey = publicKeys.get(key.kid) as CryptoKey;
    const privateKey = privateKeys.get(key.kid) ?? (await importPrivateHalf(key, publicKey, encryption));
    privateKeys.set(key.kid, privateKey);
    return privateKey;
  }

  /** Early: who cannot open a key should say so before it is needed, and who can should have it then. */
  async function openAll(ring: Known): Promise<void> {
    for (const key of ring.keys) {
      if (key.privateHalf === null || privateKeys.has(key.kid)) continue;
      await privateKeyOf(key, ring).catch((error: Refusal) => log.error({ kid: key.kid }, error.message));
    }
  }

  async function maintain(): Promise<void> {
    const ring = await reload();
    const kept = keptAt(ring.keys, clock());
    // Not each time: two servers that disagree about the key would do nothing else.
    const next = sealed ? kept : sealedKeys(kept, encryption);
    // Of all servers one succeeds; the others read what it wrote.
    const done = next === ring.keys || (await store.replace(ring.text, writeStoredKeys(next)));
    sealed ||= done;
  }

  const timer = setInterval(() => {
    maintain().catch((error: unknown) => log.debug({ error: String(error) }, 'signing keys not read'));
  }, READ_EVERY_MS).unref();

  return {
    maintain,

    async signer() {
      let ring = known ?? (await reload());
      if (elapsed() - ring.readAt > TOO_OLD_TO_SIGN_MS || isDenied(signerAt(ring.keys, clock()).kid)) {
        ring = await reload();
      }
      const key = signerAt(ring.keys, clock());
      if (isDenied(key.kid)) {
        throw new Refusal('UNAVAILABLE', 'The signing key is being replaced by another one; try again soon.');
      }
      return { kid: key.kid, privateKey: await privateKeyOf(key, ring) };
    },

    async verifier(given) {
      const ring = known ?? (await reload());
      const kid = given ?? signerAt(ring.keys, clock()).kid;
      const publicKey = ring.publicKeys.get(kid);
      if (publicKey !== undefined) return { kid, publicKey };
      if (asked === null || elapsed() - asked.at >= ASK_FOR_UNKNOWN_EVERY_MS) {
        asked = { at: elapsed(), answer: reload() };
      }
      await asked.answer;
      const found = known?.publicKeys.get(kid);
      return found === undefined ? null : { kid, publicKey: found };
    },

    async published() {
      const { keys } = await reload().catch((error: unknown) => {
        if (known === null) throw error;
        return known;
      });
      return keptAt(keys, clock()).map(publicJwkOf);
    },

    close: () => clearInterval(timer),
  };
}
