import type { Touched } from '../auth/may-write.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { SessionContent, SessionWrite } from '../storage/session-store.ts';
import type { KnownSession } from './known-sessions.ts';
import { mergePatch } from './merge-patch.ts';
import type { Picture } from './picture.ts';

/** What an update asks for. Nothing at all is an update too: it restarts the time to live. */
export interface SessionChange {
  /** Replaces all args. Not together with `patch`. */
  readonly args?: JsonObject;
  /** JSON Merge Patch (RFC 7396) of the args. */
  readonly patch?: JsonObject;
  readonly template?: string;
  /** Milliseconds. Absent: the stored one starts again; null: no expiry. */
  readonly ttlMs?: number | null;
  /** CONFLICT unless this holds for the session as it stands. */
  readonly onlyIf?: (standing: { readonly epoch: string; readonly version: number }) => boolean;
}

/** What its writer must be allowed to touch. */
export function touchedBy({ template, ttlMs }: SessionChange): Touched {
  return template === undefined && ttlMs === undefined ? 'args' : 'substance';
}

export interface PlannedWrite {
  readonly write: SessionWrite;
  /** What the session holds once it is written. */
  readonly content: SessionContent;
}

/**
 * The write that brings `known` where the change wants it. It expects no more than the new picture depends on: args
 * that replace all depend on the template alone, so writers on many nodes need not wait for one another.
 *
 * @throws Refusal CONFLICT, and what `picture` throws
 */
export function planWrite(known: KnownSession, change: SessionChange, picture: Picture): PlannedWrite {
  const { epoch, version, revision } = known;
  if (change.onlyIf && !change.onlyIf(known)) {
    throw new Refusal('CONFLICT', `The session stands at version ${version}; read it again, then write.`, {
      version,
      etag: `${epoch}.${version}`,
    });
  }
  const stored = () => JSON.parse(known.args) as JsonObject;
  const args = change.args ?? (change.patch ? mergePatch(stored(), change.patch) : stored());
  const content = picture(change.template ?? known.template, args);
  const dependsOnVersion = change.onlyIf !== undefined || change.args === undefined;
  const { template, ...rest } = content;
  const write: SessionWrite = {
    id: known.id,
    expect: dependsOnVersion ? { is: 'version', epoch, version } : { is: 'revision', epoch, revision },
    ...rest,
    // A template that is written again counts as a new one, and other writers would have to render anew.
    ...(template === known.template ? {} : { template }),
    ...(change.ttlMs === undefined ? {} : { ttlMs: change.ttlMs }),
  };
  return { write, content };
}
