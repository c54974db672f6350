import { useState } from 'preact/hooks';
import { execute } from '../api.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { CreateViewLinkDocument } from '../generated/graphql.ts';
import { errorText } from '../language/error-text.ts';
import { text } from '../language/language.ts';
import { asRequestError } from '../tell.ts';

const HOUR_MS = 3_600_000;
const HOURS = { hour: 1, day: 24, week: 168, month: 720, never: null } as const;

type Lifetime = keyof typeof HOURS;

interface NewLinkDialogProps {
  readonly id: string;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

export function NewLinkDialog({ id, onMade, onClose }: NewLinkDialogProps) {
  const [lifetime, setLifetime] = useState<Lifetime>('week');
  const [fps, setFps] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { links, common } = text.value;

  async function make(event: Event) {
    event.preventDefault();
    const hours = HOURS[lifetime];
    const expiresAt = hours === null ? null : new Date(Date.now() + hours * HOUR_MS).toISOString();
    try {
      await execute(CreateViewLinkDocument, { id, expiresAt, maxFps: fps === '' ? null : Number(fps) });
      onMade();
    } catch (cause) {
      setFault(errorText(asRequestError(cause)));
    }
  }

  return (
    <Dialog title={links.create} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void make(event)}>
        <Field label={links.expires} fault={fault}>
          {(ids) => (
            <select
              {...ids}
              class="input"
              value={lifetime}
              onChange={({ currentTarget }) => setLifetime(currentTarget.value as Lifetime)}
            >
              {(Object.keys(HOURS) as Lifetime[]).map((each) => (
                <option key={each} value={each}>
                  {links.lifetimes[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
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
