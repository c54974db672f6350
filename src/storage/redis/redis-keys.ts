import type { SessionId } from '../../sessions/session-id.ts';

/*
 * Every name is percent-encoded, so `:`, `{` and `}` in a key are ours alone. The hash tag is the owner (`{u:alice}`)
 * or, of a public session, its name (`{p:card}`): all that one script touches is in one slot, and no public name can
 * spell an owner.
 */

export const SIGNING_KEY = 'rsvg:signing-key';

/** The secret of view links. */
export const LINK_KEY = 'rsvg:link-key';

/** Before the keys of rate limits; each is one counter that expires. */
export const LIMITS_PREFIX = 'rsvg:limit';

export function accountKey(userId: string): string {
  return `rsvg:account:${ownerTag(userId)}`;
}

/** A pattern that all account keys match, and nothing else. */
export const ACCOUNT_KEYS = 'rsvg:account:{u:*}';

/** The inverse of `accountKey`. */
export function userIdOf(key: string): string {
  return decodeURIComponent(key.slice('rsvg:account:{u:'.length, -1));
}

/** There as long as nobody may claim the id. */
export function reservedIdKey(userId: string): string {
  return `rsvg:reserved-id:${ownerTag(userId)}`;
}

/** Prefix of the owner's session keys; `memberOf` a name completes it. */
export function ownedPrefix(owner: string): string {
  return `rsvg:session:${ownerTag(owner)}:`;
}

export function sessionKey({ owner, name }: SessionId): string {
  return owner === null ? publicSessionKey(memberOf(name)) : ownedPrefix(owner) + memberOf(name);
}

/**
 * What is kept of all sessions of an owner: a sorted set of members by the number of their last change (the list); the
 * last number given; a hash of members and the bytes they hold; a sorted set of members by their expiry; all bytes.
 */
export function ownerKeys(owner: string): string[] {
  const tag = ownerTag(owner);
  return ['changes', 'counter', 'sizes', 'expiries', 'bytes'].map((kind) => `rsvg:${kind}:${tag}`);
}

/** Session key, then those of its owner if there is one: what a write touches. */
export function keysOf(id: SessionId): string[] {
  return id.owner === null ? [sessionKey(id)] : [sessionKey(id), ...ownerKeys(id.owner)];
}

/** The places of public sessions, a sorted set of members by when to look after them; and a mark that all have one. */
export const PLACES_KEYS = ['rsvg:places:{public}', 'rsvg:counted:{public}'] as const;

/** Pattern of the keys of all public sessions (see SCAN). */
export const PUBLIC_SESSIONS_PATTERN = 'rsvg:session:{p:*}';

/** @param member what `memberOf` its name gives */
export function publicSessionKey(member: string): string {
  return PUBLIC_SESSIONS_PATTERN.replace('*', () => member);
}

/** The inverse. */
export function publicMember(key: string): string {
  return key.slice(PUBLIC_SESSIONS_PATTERN.indexOf('*'), -1);
}

/** A session's name inside its owner's keys. */
export function memberOf(name: string): string {
  return encodeURIComponent(name);
}

export function nameOf(member: string): string {
  return decodeURIComponent(member);
}

/** @param db Redis' channels know no databases, so the number is part of the name. */
export function channelOf({ owner, name }: SessionId, db: number): string {
  return `rsvg:frames:${db}:${owner === null ? publicTag(name) : `${ownerTag(owner)}:${memberOf(name)}`}`;
}

/** How many watch the session, by node. */
export function viewersKey({ owner, name }: SessionId): string {
  return `rsvg:viewers:${owner === null ? publicTag(name) : `${ownerTag(owner)}:${memberOf(name)}`}`;
}

/** The account's sign-ins by their last use. */
export function signInOrderKey(uid: string): string {
  return `rsvg:sign-ins:${accountTag(uid)}`;
}

/** Prefix of the account's sign-ins; a sid completes it. */
export function signInPrefix(uid: string): string {
  return `rsvg:sign-in:${accountTag(uid)}:`;
}

/** What the use of the refresh token of that hash was answered, sealed. */
export function answerKey(uid: string, sid: string, hash: string): string {
  return `rsvg:answer:${accountTag(uid)}:${sid}:${hash}`;
}

/** The account's API keys by their age. */
export function apiKeyOrderKey(uid: string): string {
  return `rsvg:api-keys:${accountTag(uid)}`;
}

/** Prefix of the account's API keys; a key id completes it. */
export function apiKeyPrefix(uid: string): string {
  return `rsvg:api-key:${accountTag(uid)}:`;
}

export const DENIAL_NUMBERS_KEY = 'rsvg:denials:{denials}:numbers';
export const DENIAL_KEYS = ['rsvg:denials:{denials}:ends', 'rsvg:denials:{denials}:order', DENIAL_NUMBERS_KEY];

/** @param db as for `channelOf` */
export function denialChannel(db: number): string {
  return `rsvg:denials:${db}`;
}

/** By uid, not by name: a name may be claimed anew. */
function accountTag(uid: string): string {
  return `{a:${encodeURIComponent(uid)}}`;
}

function ownerTag(owner: string): string {
  return `{u:${encodeURIComponent(owner)}}`;
}

function publicTag(name: string): string {
  return `{p:${encodeURIComponent(name)}}`;
}
