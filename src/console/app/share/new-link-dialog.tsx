import { useState } from 'preact/hooks';
import { execute } from '../api.ts';
import { Dialog } from '../components/dialog.tsx';
import { type End, EndField, endsAt } from '../components/end-field.tsx';
import { Field } from '../components/field.tsx';
import { CreateViewLinkDocument } from '../generated/graphql.ts';
import { errorText } from '../language/error-text.ts';
import { text } from '../language/language.ts';
import { asRequestError } from '../tell.ts';

const ENDS: readonly End[] = ['hour', 'day', 'week', 'month', 'never'];

interface NewLinkDialogProps {
  readonly id: string;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

export function NewLinkDialog({ id, onMade, onClose }: NewLinkDialogProps) {
  const [end, setEnd] = useState<End>('week');
  const [fps, setFps] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { links, common } = text.value;

  async function make(event: Event) {
    event.preventDefault();
    try {
      const maxFps = fps === '' ? null : Number(fps);
      await execute(CreateViewLinkDocument, { id, expiresAt: endsAt(end), maxFps });
      onMade();
    } catch (cause) {
      setFault(errorText(asRequestError(cause)));
    }
  }

  return (
    <Dialog title={links.create} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void make(event)}>
        <EndField label={links.expires} fault={fault} choices={ENDS} value={end} onChange={setEnd} />
        <Field label={links.maxFps} hint={links.maxFpsHint}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="number"
              min={1}
              max={120}
              step={1}
              value={fps}
              onInput={({ currentTarget }) => setFps(currentTarget.value)}
            />
          )}
        </Field>
        <div class="row end">
          <button type="button" class="button quiet" onClick={onClose}>
            {common.cancel}
          </button>
          <button type="submit" class="button">
            {links.make}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
