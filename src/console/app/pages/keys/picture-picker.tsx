import { useEffect, useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { Field } from '../../components/field.tsx';
import { OwnPicturesDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { isName, splitId } from '../../session-address.ts';
import { useLoaded } from '../../use-loaded.ts';

/** A pause in typing. */
const PAUSE_MS = 250;

interface PicturePickerProps {
  /** Session ids. */
  readonly picked: readonly string[];
  readonly fault: string | null;
  readonly onPick: (picked: readonly string[]) => void;
}

/** Ids that somebody may mean by it, made or not: one's own and a public one; none that is somebody else's. */
function namedBy(typed: string, user: string): readonly string[] {
  const id = typed.trim().normalize('NFC');
  const { owner, name } = splitId(id);
  if (!isName(name)) return [];
  if (owner === null) return [`${user}/${name}`, name];
  return owner === user ? [id] : [];
}

/** One's own whose name contains what is typed, the newest change first; before anything is typed, those changed last. */
function useFound(typed: string, user: string) {
  const { owner, name } = splitId(typed.trim());
  const wanted = owner === user ? name : typed;
  const [search, setSearch] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { value, error } = useLoaded(async () => {
    const { data } = await execute(OwnPicturesDocument, { search });
    return data.sessions.edges.map(({ node }) => node.id);
  }, [search]);
  return { found: value ?? [], error };
}

/** Pictures by name: one's own are found as one types; what is typed can be picked before it is made. */
export function PicturePicker({ picked, fault, onPick }: PicturePickerProps) {
  const [typed, setTyped] = useState('');
  const user = me.value ?? '';
  const { found, error } = useFound(typed, user);
  const { keys } = text.value;
  const named = namedBy(typed, user);
  const offered = [...new Set([...found, ...named])];
  const ids = [...picked.filter((id) => !offered.includes(id)), ...offered];

  const turn = (id: string) => onPick(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id]);

  function noteOf(id: string): string {
    if (splitId(id).owner === null) return keys.pickPublic;
    return named.includes(id) && !found.includes(id) ? keys.pickTyped : '';
  }

  return (
    <>
      <Field label={keys.scopePictures} hint={keys.scopePicturesHint} fault={error === null ? fault : errorText(error)}>
        {(about) => (
          <input
            {...about}
            class="input"
            type="search"
            maxLength={128}
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={(event) => {
              // It would make the key for those that are ticked already.
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        )}
      </Field>
      <fieldset class="stack choices picks">
        <legend class="visually-hidden">{keys.scopePictures}</legend>
        {ids.map((id) => (
          <label key={id} class="choice">
            <input type="checkbox" checked={picked.includes(id)} onChange={() => turn(id)} />
            <span>
              <bdi class="name">{id}</bdi> <span class="muted">{noteOf(id)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
