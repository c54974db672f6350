import { text } from '../language/language.ts';

interface PrivateSwitchProps {
  readonly isPrivate: boolean;
  /** Default: false. */
  readonly disabled?: boolean;
  readonly onTurn: () => void;
}

/** Whether others see a picture of one's own. */
export function PrivateSwitch({ isPrivate, disabled = false, onTurn }: PrivateSwitchProps) {
  const words = text.value.visibility;
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          class="switch"
          role="switch"
          aria-checked={isPrivate}
          checked={isPrivate}
          disabled={disabled}
          onChange={onTurn}
        />
        {words.private}
      </label>
      <p class="hint">{isPrivate ? words.privateHint : words.publicHint}</p>
    </div>
  );
}
