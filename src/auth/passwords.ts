import { hash, verify } from '@node-rs/argon2';
import PQueue from 'p-queue';
import { Refusal } from '../errors.ts';

/** OWASP's first choice for Argon2id, this library's default algorithm: 19 MiB, two passes. About 50 ms. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** libuv's four threads serve the embedded store too: more hashes at once would make every write wait for them. */
const AT_ONCE = 2;
const WAITING = 32;

/** Argon2id (RFC 9106), off the event loop. Methods throw Refusal UNAVAILABLE when 32 already wait. */
export interface Passwords {
  /** @returns a PHC string */
  hash(password: string): Promise<string>;
  verify(hashed: string, password: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const queue = new PQueue({ concurrency: AT_ONCE });

  function queued<T>(work: () => Promise<T>): Promise<T> {
    if (queue.size >= WAITING) {
      throw new Refusal('UNAVAILABLE', 'Too many people sign in at this moment; try again in a few seconds.');
    }
    return queue.add(work);
  }

  return {
    hash: async (password) => queued(() => hash(password, OPTIONS)),
    verify: async (hashed, password) => queued(() => verify(hashed, password)),
  };
}
