import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { PrivateSwitch } from '../../components/private-switch.tsx';
import { ChangeVisibilityDocument, type Visibility } from '../../generated/graphql.ts';
import { text } from '../../language/language.ts';
import { attempt } from '../../tell.ts';
import { say } from '../../toasts.ts';

interface VisibilitySwitchProps {
  readonly id: string;
  readonly visibility: Visibility;
  readonly onChange: (visibility: Visibility) => void;
}

/** For the owner: who sees the picture, from now on. */
export function VisibilitySwitch({ id, visibility, onChange }: VisibilitySwitchProps) {
  const [busy, setBusy] = useState(false);
  const words = text.value.visibility;
  const isPrivate = visibility === 'PRIVATE';

  async function turn() {
    const wanted = isPrivate ? 'PUBLIC' : 'PRIVATE';
    setBusy(true);
    const done = await attempt(() => execute(ChangeVisibilityDocument, { id, visibility: wanted }));
    setBusy(false);
    if (!done) return;
    onChange(wanted);
    say(isPrivate ? words.nowPublic : words.nowPrivate);
  }

  return <PrivateSwitch isPrivate={isPrivate} disabled={busy} onTurn={() => void turn()} />;
}
