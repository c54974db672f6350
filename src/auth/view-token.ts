import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SessionId } from '../sessions/session-id.ts';
import type { LinkKeyStore } from '../storage/link-key-store.ts';
import type { NewViewLink } from '../storage/session-access.ts';

/** So that people and secret scanners know one wherever it is found. */
const PREFIX = 'rsvv_';

const SECRET_BYTES = 32;

/** `rsvv_`, id of the link, end in base 36 or nothing, frames per second or nothing, HMAC. */
const FORM = /^rsvv_([a-z0-9]{16})\.((?!0)[a-z0-9]{0,11})\.((?!0)\d{0,3})\.([\w-]{43})$/;

/** One life of a name. */
export interface Life {
  readonly id: SessionId;
  readonly epoch: string;
}

/** The tokens of view links: each lets one look at one session in one of its lives, and opens nothing else. */
export interface ViewTokens {
  /** Always the same for the same link. @throws Refusal UNAVAILABLE */
  make(life: Life, link: NewViewLink): Promise<string>;
  /**
   * What it says, if it was made here for this very session. Whether the link still stands is another question.
   *
   * @throws Refusal UNAVAILABLE
   */
  read(life: Life, token: string): Promise<NewViewLink | null>;
}

/**
 * HMAC-SHA256 (RFC 2104) over all that the link is bound to, as JSON: its texts cannot run into each other. The id of the
 * session and its epoch are not in the token, for the address has the one and the store the other.
 */
function mac(secret: Buffer, { id, epoch }: Life, { linkId, expiresAt, maxFps }: NewViewLink): string {
  const bound = JSON.stringify(['view', id.owner, id.name, epoch, linkId, expiresAt, maxFps]);
  return createHmac('sha256', secret).update(bound).digest('base64url');
}

/** The secret is made once for all processes of a store, and kept in memory. */
export function createViewTokens(store: LinkKeyStore): ViewTokens {
  let loading: Promise<Buffer> | null = null;

  function loadSecret(): Promise<Buffer> {
    loading ??= store.offer(randomBytes(SECRET_BYTES).toString('base64url')).then(
      (secret) => Buffer.from(secret, 'base64url'),
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  }

  return {
    async make(life, link) {
      const { linkId, expiresAt, maxFps } = link;
      const signature = mac(await loadSecret(), life, link);
      return `${PREFIX}${linkId}.${expiresAt?.toString(36) ?? ''}.${maxFps ?? ''}.${signature}`;
    },

    async read(life, token) {
      const [, linkId, end, fps, signature] = FORM.exec(token) ?? [];
      if (linkId === undefined || signature === undefined) return null;
      const link = {
        linkId,
        expiresAt: end ? Number.parseInt(end, 36) : null,
        maxFps: fps ? Number(fps) : null,
      };
      // As text, of which 43 characters are compared to the last: decoded, some would be other spellings of the same bytes.
      const right = Buffer.from(mac(await loadSecret(), life, link));
      return timingSafeEqual(Buffer.from(signature), right) ? link : null;
    },
  };
}
