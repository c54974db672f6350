import { useEffect, useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { PushMessageDocument } from '../../generated/graphql.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { addressOf } from '../../session-address.ts';
import { SETTINGS } from '../../settings.ts';
import { asRequestError } from '../../tell.ts';

/** Long enough for a sentence, short enough for the picture. */
const MAX_MESSAGE_LENGTH = 56;

function PushForm({ id }: { readonly id: string }) {
  const [message, setMessage] = useState('');
  const [status, setStatus] = useState('');
  const { welcome } = text.value;
  async function push(event: Event) {
    event.preventDefault();
    try {
      await execute(PushMessageDocument, { id, patch: { message } });
      setStatus(welcome.pushed);
      setMessage('');
    } catch (error) {
      setStatus(errorText(asRequestError(error)));
    }
  }
  return (
    <form class="push" onSubmit={(event) => void push(event)}>
      <label for="message">{welcome.say}</label>
      <div class="push-row">
        <input
          id="message"
          class="input"
          maxLength={MAX_MESSAGE_LENGTH}
          autocomplete="off"
          required
          placeholder={welcome.sayPlaceholder}
          value={message}
          onInput={({ currentTarget }) => setMessage(currentTarget.value)}
        />
        <button type="submit" class="button">
          {welcome.push}
        </button>
      </div>
      <p class="hint" role="status">
        {status === '' ? welcome.sayHint(String(MAX_MESSAGE_LENGTH)) : status}
      </p>
    </form>
  );
}

/**
 * The demo on its stream, as on any other page. An `<img>` never says that its stream has broken, so a page that comes
 * back to sight asks for it anew.
 */
export function Demo({ id }: { readonly id: string }) {
  const { stream, page } = addressOf(id);
  const [since, setSince] = useState(0);
  useEffect(() => {
    const again = () => !document.hidden && setSince(Date.now());
    document.addEventListener('visibilitychange', again);
    addEventListener('online', again);
    return () => {
      document.removeEventListener('visibilitychange', again);
      removeEventListener('online', again);
    };
  }, []);
  const { welcome } = text.value;
  return (
    <section class="demo" aria-label={welcome.demo}>
      <div class="demo-head">
        <span class="badge">
          <span class="dot live" /> {text.value.states.live}
        </span>
        <code>&lt;img src="{stream}"&gt;</code>
        <a href={page}>{welcome.demo}</a>
      </div>
      <div class="picture">
        <img
          src={since === 0 ? stream : `${stream}?since=${since}`}
          alt={welcome.demoPicture}
          width="640"
          height="360"
        />
      </div>
      {SETTINGS.anonymousWrites && <PushForm id={id} />}
    </section>
  );
}
