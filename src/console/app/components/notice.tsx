import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface NoticeProps {
  readonly icon: IconName;
  /** Something is wrong that is not the visitor's doing; said aloud at once. Default: false. */
  readonly isFault?: boolean;
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page that cannot show what was asked for: why, and where to go instead. */
export function Notice({ icon, isFault = false, title, children }: NoticeProps) {
  return (
    <main id="main" class="page">
      <div class="notice" role={isFault ? 'alert' : undefined}>
        <span class={`notice-icon${isFault ? ' bad' : ''}`}>
          <Icon name={icon} size={24} />
        </span>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
