import { text } from '../language/language.ts';
import { Icon } from './icon.tsx';

/** Beside the name of a private picture. */
export function Lock() {
  return (
    <span class="lock">
      <Icon name="lock" size={16} />
      <span class="visually-hidden">{text.value.visibility.private}</span>
    </span>
  );
}
