import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { askToSignIn } from '../../ask-to-sign-in.ts';
import { CreateDocument } from '../../generated/graphql.ts';
import { ended, me } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { splitId } from '../../session-address.ts';
import { asRequestError } from '../../tell.ts';
import { complain, say } from '../../toasts.ts';
import { type Lifetime, ttlOf } from './lifetime-field.tsx';
import { type Base, follow, isChanged, save } from './save.ts';
import { useStored } from './use-stored.ts';
import type { Draft } from './workbench.tsx';

interface Work {
  readonly base: Base;
  readonly draft: Draft;
  /** How often the template was replaced by another one than was typed here. */
  readonly taken: number;
}

/** What others wrote, in an editor that stands open. */
function followed({ taken, draft }: Work, base: Base, stored: Base): Work {
  const after = follow(base, draft, stored);
  return { ...after, taken: after.draft.template === draft.template ? taken : taken + 1 };
}

const draftOf = ({ template, args }: Base): Draft => ({ template, args });

/** A session of one's own, being edited: what is changed here, what others write meanwhile, and how both are stored. */
export function useEditing(id: string, first: Base) {
  const [work, setWork] = useState<Work>(() => ({ base: first, draft: draftOf(first), taken: 0 }));
  const { base, draft, taken } = work;
  const [chosenLifetime, setLifetime] = useState<Lifetime>('keep');
  /** What was saved by somebody else, while it is asked whose stays. */
  const [theirs, setTheirs] = useState<Base | null>(null);
  const [isGone, setGone] = useState(false);
  const [seen, setSeen] = useState(first.version);
  const [busy, setBusy] = useState(false);
  const lifetime = isGone && chosenLifetime === 'keep' ? 'forever' : chosenLifetime;
  const { editor, errors } = text.value;

  useStored({
    id: isGone ? null : id,
    version: Math.max(seen, base.version),
    waits: busy,
    onStored(stored) {
      setSeen(stored.version);
      setWork((before) => followed(before, before.base, stored));
    },
    onGone: () => setGone(true),
  });

  async function createAgain() {
    const ttl = lifetime === 'forever' ? {} : ttlOf(lifetime);
    // As it was: what was private would be shown to all.
    const { visibility } = base;
    const { data } = await execute(CreateDocument, { input: { name: splitId(id).name, visibility, ...draft, ...ttl } });
    const { version } = data.createSession;
    setGone(false);
    setSeen(version);
    setWork((before) => ({ ...before, base: { version, visibility, ...draft } }));
    say(editor.created);
  }

  async function write(over: Base) {
    const result = await save(id, over, draft, lifetime);
    if (result.kind === 'conflict') return setTheirs(result.theirs);
    setTheirs(null);
    setSeen(result.base.version);
    // What was typed while it was saved is newer than it; what others pushed is part of what is stored.
    setWork((before) => followed(before, { ...over, ...draft }, result.base));
    say(editor.saved(String(result.base.version)));
    setLifetime('keep');
  }

  async function store(over: Base) {
    if (busy) return;
    // Without a token the server would take it for a stranger's.
    if (me.value === null && !(await askToSignIn(ended.value))) return complain(errors.signedOut);
    setBusy(true);
    try {
      await (isGone ? createAgain() : write(over));
    } catch (cause) {
      const error = asRequestError(cause);
      if (error.code === 'NOT_FOUND') setGone(true);
      else complain(errorText(error));
    } finally {
      setBusy(false);
    }
  }

  return {
    ...{ draft, taken, lifetime, setLifetime, busy, isGone, theirs },
    isUnsaved: isGone || isChanged(base, draft) || lifetime !== 'keep',
    /** Whether somebody else changed what is changed here too. */
    clashes: !isGone && seen > base.version,
    change: (changed: Partial<Draft>) => setWork((before) => ({ ...before, draft: { ...before.draft, ...changed } })),
    store: () => store(base),
    keepMine: (other: Base) => store({ ...base, version: other.version }),
    takeTheirs(other: Base) {
      setWork({ base: other, draft: draftOf(other), taken: taken + 1 });
      setSeen(other.version);
      setTheirs(null);
    },
    decideLater: () => setTheirs(null),
  };
}
