import type { Touched } from '../auth/may-write.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Visibility } from '../storage/session-access.ts';
import type { SessionContent, SessionStamp, SessionWrite } from '../storage/session-store.ts';
import type { KnownSession } from './known-sessions.ts';
import { mergePatch } from './merge-patch.ts';
import { type Picture, partyOf } from './picture.ts';

/** What must hold for the session as it stands. */
export type Condition = (standing: SessionStamp) => boolean;

/** What an update asks for. Nothing at all is an update too: it restarts the time to live. */
export interface SessionChange {
  /** Replaces all args. Not together with `patch`. */
  readonly args?: JsonObject;
  /** JSON Merge Patch (RFC 7396) of the args. */
  readonly patch?: JsonObject;
  readonly template?: string;
  /** Milliseconds. Absent: the stored one starts again; null: no expiry. */
  readonly ttlMs?: number | null;
  /** Of an owned session. Absent: as it stands. */
  readonly visibility?: Visibility;
  /** CONFLICT unless this holds for the session as it stands. */
  readonly onlyIf?: Condition;
}

/** What its writer must be allowed to touch. */
export function touchedBy({ template, ttlMs, visibility }: SessionChange): Touched {
  return template === undefined && ttlMs === undefined && visibility === undefined ? 'args' : 'substance';
}

/** Whether its picture depends on nothing that another change of args could change. */
export function dependsOnTemplateAlone({ args, template, onlyIf }: SessionChange): boolean {
  return args !== undefined && template === undefined && onlyIf === undefined;
}

export interface PlannedWrite {
  readonly write: SessionWrite;
  /** What the session holds once it is written. */
  readonly content: SessionContent;
}

/** @throws Refusal CONFLICT when the condition does not hold */
export function requireCondition(onlyIf: Condition | undefined, { epoch, version }: SessionStamp): void {
  if (onlyIf === undefined || onlyIf({ epoch, version })) return;
  throw new Refusal('CONFLICT', `The session stands at version ${version}; read it again, then write.`, {
    version,
    etag: `${epoch}.${version}`,
  });
}

/**
 * The write that brings `known` where the change wants it. It expects no more than the new picture depends on: args
 * that replace all depend on the template alone, so writers on many nodes need not wait for one another.
 *
 * @returns rejects with Refusal CONFLICT, and as `picture` does
 */
export async function planWrite(known: KnownSession, change: SessionChange, picture: Picture): Promise<PlannedWrite> {
  const { epoch, version, revision } = known;
  requireCondition(change.onlyIf, known);
  const stored = () => JSON.parse(known.args) as JsonObject;
  const args = change.args ?? (change.patch ? mergePatch(stored(), change.patch) : stored());
  const content = await picture(change.template ?? known.template, args, partyOf(known.id));
  const dependsOnVersion = change.onlyIf !== undefined || change.args === undefined;
  const { template, svg, warnings } = content;
  const write: SessionWrite = {
    id: known.id,
    expect: dependsOnVersion ? { is: 'version', epoch, version } : { is: 'revision', epoch, revision },
    args: content.args,
    svg,
    warnings,
    // A template that is written again counts as a new one, and other writers would have to render anew.
    ...(template === known.template ? {} : { template }),
    ...(change.ttlMs === undefined ? {} : { ttlMs: change.ttlMs }),
    ...(change.visibility === undefined ? {} : { visibility: change.visibility }),
  };
  return { write, content };
}
