import type { SessionId } from '../../sessions/session-id.ts';

/*
 * Every name is percent-encoded, so `:`, `{` and `}` in a key are ours alone. The hash tag is the owner (`{u:alice}`)
 * or, of a public session, its name (`{p:card}`): all that one script touches is in one slot, and no public name can
 * spell an owner.
 */

export const SIGNING_KEY = 'rsvg:signing-key';

export function accountKey(userId: string): string {
  return `rsvg:account:${ownerTag(userId)}`;
}

/** Prefix of the owner's session keys; `memberOf` a name completes it. */
export function ownedPrefix(owner: string): string {
  return `rsvg:session:${ownerTag(owner)}:`;
}

export function sessionKey({ owner, name }: SessionId): string {
  return owner === null ? `rsvg:session:${publicTag(name)}` : ownedPrefix(owner) + memberOf(name);
}

/** The owner's list: a sorted set of members by the number of their last change. */
export function changesKey(owner: string): string {
  return `rsvg:changes:${ownerTag(owner)}`;
}

/** The last number given in the owner's list. */
function counterKey(owner: string): string {
  return `rsvg:counter:${ownerTag(owner)}`;
}

/** Session key, then those of the owner's list if there is one: what a write touches. */
export function keysOf(id: SessionId): string[] {
  if (id.owner === null) return [sessionKey(id)];
  return [sessionKey(id), changesKey(id.owner), counterKey(id.owner)];
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

function ownerTag(owner: string): string {
  return `{u:${encodeURIComponent(owner)}}`;
}

function publicTag(name: string): string {
  return `{p:${encodeURIComponent(name)}}`;
}
