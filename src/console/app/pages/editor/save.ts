import { RequestError } from '../../../../client/request-error.ts';
import { execute } from '../../api.ts';
import { SaveDocument, type SavedFragment, StoredDocument, type Visibility } from '../../generated/graphql.ts';
import { type Lifetime, ttlOf } from './lifetime-field.tsx';
import type { Draft } from './workbench.tsx';

/** As it was read or written last. */
export interface Base extends Draft {
  readonly version: number;
  readonly visibility: Visibility;
}

/** Whoever pushes args all the time must not keep an editor of the template from saving. */
const TRIES = 5;

export type SaveResult =
  | { readonly kind: 'saved'; readonly base: Base }
  /** Somebody changed what is changed here too. */
  | { readonly kind: 'conflict'; readonly theirs: Base };

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** null: there is no such session, or what it is made of is not shown to this caller. */
export function baseOf(stored: SavedFragment | null): Base | null {
  if (stored?.template == null || stored.args == null) return null;
  const { version, visibility, template, args } = stored;
  return { version, visibility, template, args };
}

export function isChanged(base: Base, draft: Draft): boolean {
  return draft.template !== base.template || !same(draft.args, base.args);
}

/**
 * Takes what is stored now where nothing was changed here, and keeps the rest; where both were changed the version
 * stays, so that saving asks whose is kept.
 */
export function follow(base: Base, draft: Draft, stored: Base): { readonly base: Base; readonly draft: Draft } {
  const keepsTemplate = draft.template !== base.template && draft.template !== stored.template;
  const keepsArgs = !same(draft.args, base.args) && !same(draft.args, stored.args);
  const template = keepsTemplate ? base.template : stored.template;
  const args = keepsArgs ? base.args : stored.args;
  const clashes = template !== stored.template || !same(args, stored.args);
  return {
    base: { ...stored, version: clashes ? base.version : stored.version, template, args },
    draft: {
      template: keepsTemplate ? draft.template : stored.template,
      // The same object while they say the same: a new one would be drawn again.
      args: keepsArgs || same(draft.args, stored.args) ? draft.args : stored.args,
    },
  };
}

/**
 * Writes what was changed and nothing else, unless somebody else changed the same meanwhile.
 *
 * @throws RequestError
 */
export async function save(id: string, base: Base, draft: Draft, lifetime: Lifetime): Promise<SaveResult> {
  const changes = {
    ...(draft.template === base.template ? {} : { template: draft.template }),
    ...(same(draft.args, base.args) ? {} : { args: draft.args }),
    ...ttlOf(lifetime),
  };
  let { version } = base;
  for (let tried = 1; ; tried += 1) {
    try {
      const { data } = await execute(SaveDocument, { input: { id, ifVersion: version, ...changes } });
      const { version: saved } = data.updateSession;
      return { kind: 'saved', base: baseOf(data.updateSession) ?? { ...base, ...draft, version: saved } };
    } catch (error) {
      if (!(error instanceof RequestError && error.code === 'CONFLICT')) throw error;
      const theirs = baseOf((await execute(StoredDocument, { id })).data.session);
      if (theirs === null) throw error;
      const clash =
        ('template' in changes && theirs.template !== base.template) ||
        ('args' in changes && !same(theirs.args, base.args));
      if (clash || tried === TRIES) return { kind: 'conflict', theirs };
      version = theirs.version;
    }
  }
}
