import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Templates } from '../rendering/templates.ts';
import type { SessionContent } from '../storage/session-store.ts';
import { encodeArgs } from './args.ts';
import type { SessionId } from './session-id.ts';

export interface SessionLimits {
  /** UTF-8 bytes of a template. */
  readonly maxTemplateBytes: number;
  /** UTF-8 bytes of the args as JSON, after merging. */
  readonly maxArgsBytes: number;
}

/**
 * Whether a template and args may be rendered at all.
 *
 * @returns the args as they are stored
 * @throws Refusal PAYLOAD_TOO_LARGE, BAD_USER_INPUT
 */
export function checkSizes(template: string, args: JsonObject, limits: SessionLimits): string {
  const encoded = encodeArgs(args, limits.maxArgsBytes);
  if (!template.isWellFormed()) {
    throw new Refusal('BAD_USER_INPUT', 'The template contains half of a surrogate pair, which is no character.');
  }
  const bytes = Buffer.byteLength(template);
  if (bytes > limits.maxTemplateBytes) {
    throw new Refusal('PAYLOAD_TOO_LARGE', `The template has ${bytes} bytes; ${limits.maxTemplateBytes} are allowed.`);
  }
  return encoded;
}

/**
 * Everything a write stores, proven before anything is stored: sizes first, then the render itself.
 *
 * @param party whose turn a long render takes
 */
export type Picture = (template: string, args: JsonObject, party: string) => Promise<SessionContent>;

/** Names of public sessions cost nothing, so those who make them are one party, however many names they take. */
export const NEWCOMERS = 'newcomers';

/** All sessions of a user are one party; each public one is its own, for its writers have no name. */
export function partyOf({ owner, name }: SessionId): string {
  return owner === null ? `session ${name}` : `user ${owner}`;
}

/** @returns rejects with Refusal PAYLOAD_TOO_LARGE, BAD_USER_INPUT, TEMPLATE_ERROR, UNAVAILABLE */
export function createPicture(templates: Templates, limits: SessionLimits): Picture {
  return async (template, args, party) => {
    const encoded = checkSizes(template, args, limits);
    const { svg, warnings } = await templates.render(template, args, { argsJson: encoded, party });
    return { template, args: encoded, svg, warnings };
  };
}
