import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { Dialog } from '../../components/dialog.tsx';
import { type End, EndField, endsAt } from '../../components/end-field.tsx';
import { Field } from '../../components/field.tsx';
import { CreateKeyDocument } from '../../generated/graphql.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { asRequestError } from '../../tell.ts';
import { PicturePicker } from './picture-picker.tsx';

const ENDS: readonly End[] = ['never', 'week', 'month', 'year'];

interface NewKeyDialogProps {
  readonly onMade: (secret: string) => void;
  readonly onClose: () => void;
}

export function NewKeyDialog({ onMade, onClose }: NewKeyDialogProps) {
  const [name, setName] = useState('');
  const [pushOnly, setPushOnly] = useState(false);
  const [pictures, setPictures] = useState<readonly string[]>([]);
  const [end, setEnd] = useState<End>('never');
  const [fault, setFault] = useState<string | null>(null);
  const [pictureFault, setPictureFault] = useState<string | null>(null);
  const { keys, common } = text.value;

  async function make(event: Event) {
    event.preventDefault();
    const nonePicked = pushOnly && pictures.length === 0;
    setPictureFault(nonePicked ? keys.pickOne : null);
    if (nonePicked) return;
    const scopes = pushOnly ? pictures.map((id) => `push:${id}`) : null;
    try {
      const { data } = await execute(CreateKeyDocument, { name, scopes, expiresAt: endsAt(end) });
      onMade(data.createApiKey.secret);
    } catch (cause) {
      setFault(errorText(asRequestError(cause)));
    }
  }

  return (
    <Dialog title={keys.create} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void make(event)}>
        <Field label={keys.name} hint={keys.nameHint} fault={fault}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              required
              maxLength={100}
              autocomplete="off"
              placeholder={keys.namePlaceholder}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <fieldset class="stack choices">
          <legend class="field-label">{keys.scope}</legend>
          <label class="choice">
            <input type="radio" name="scope" checked={!pushOnly} onChange={() => setPushOnly(false)} />
            {keys.scopeAll}
          </label>
          <label class="choice">
            <input type="radio" name="scope" checked={pushOnly} onChange={() => setPushOnly(true)} />
            {keys.scopePush}
          </label>
        </fieldset>
        {pushOnly && <PicturePicker picked={pictures} fault={pictureFault} onPick={setPictures} />}
        <EndField label={keys.expires} choices={ENDS} value={end} onChange={setEnd} />
        <div class="row end">
          <button type="button" class="button quiet" onClick={onClose}>
            {common.cancel}
          </button>
          <button type="submit" class="button">
            {keys.make}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
