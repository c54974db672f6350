import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { Dialog } from '../../components/dialog.tsx';
import { type End, EndField, endsAt } from '../../components/end-field.tsx';
import { Field } from '../../components/field.tsx';
import { CreateKeyDocument } from '../../generated/graphql.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { asRequestError } from '../../tell.ts';

const ENDS: readonly End[] = ['never', 'week', 'month', 'year'];

interface NewKeyDialogProps {
  readonly onMade: (secret: string) => void;
  readonly onClose: () => void;
}

/** `push:<id>` for each line that says something; null: everything. */
function scopesOf(pushOnly: boolean, pictures: string): string[] | null {
  if (!pushOnly) return null;
  const ids = pictures.split('\n').map((line) => line.trim());
  return ids.filter((id) => id !== '').map((id) => `push:${id}`);
}

export function NewKeyDialog({ onMade, onClose }: NewKeyDialogProps) {
  const [name, setName] = useState('');
  const [pushOnly, setPushOnly] = useState(false);
  const [pictures, setPictures] = useState('');
  const [end, setEnd] = useState<End>('never');
  const [fault, setFault] = useState<string | null>(null);
  const { keys, common } = text.value;

  async function make(event: Event) {
    event.preventDefault();
    try {
      const { data } = await execute(CreateKeyDocument, {
        name,
        scopes: scopesOf(pushOnly, pictures),
        expiresAt: endsAt(end),
      });
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
        {pushOnly && (
          <Field label={keys.scopePictures} hint={keys.scopePicturesHint}>
            {(ids) => (
              <textarea
                {...ids}
                class="input"
                rows={3}
                required
                spellcheck={false}
                value={pictures}
                onInput={({ currentTarget }) => setPictures(currentTarget.value)}
              />
            )}
          </Field>
        )}
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
