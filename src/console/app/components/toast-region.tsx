import { text } from '../language/language.ts';
import { dismiss, toasts } from '../toasts.ts';
import { Icon } from './icon.tsx';

export function ToastRegion() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, kind, text: words }) => (
        <div key={id} class={`toast ${kind}`}>
          <Icon name={kind === 'good' ? 'check' : 'alert'} />
          <p>{words}</p>
          <button type="button" class="close" aria-label={text.value.common.close} onClick={() => dismiss(id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
