import { hash, verify } from '@node-rs/argon2';
import PQueue from 'p-queue';
import { Refusal } from '../errors.ts';

/** OWASP's first choice for Argon2id, this library's default algorithm: 19 MiB, two passes. About 50 ms. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What nobody's password is verified against. A test sees that it costs what a real one costs. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$KT3jyqwLCUOF79jCAYbFXA$O1gaKlEVBPtbZ80CXzGxnEG9f72JO3XvxqX38qioE1g';

/** libuv's four threads serve the embedded store too: more hashes at once would make every write wait for them. */
const AT_ONCE = 2;
const WAITING = 32;

/** Argon2id (RFC 9106), off the event loop. Methods throw Refusal UNAVAILABLE when 32 already wait. */
export interface Passwords {
  /** @returns a PHC string */
  hash(password: string): Promise<string>;
  /** null: there is no such account, which is false after the same work, so that the time does not tell. */
  verify(hashed: string | null, password: string): Promise<boolean>;
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
    async verify(hashed, password) {
      const fits = await queued(() => verify(hashed ?? NOBODYS_HASH, password));
      return fits && hashed !== null;
    },
  };
}
