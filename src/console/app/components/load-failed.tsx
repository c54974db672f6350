import type { RequestError } from '../../../client/request-error.ts';
import { errorText } from '../language/error-text.ts';
import { text } from '../language/language.ts';
import { Alert } from './alert.tsx';
import { Icon } from './icon.tsx';
import { Notice } from './notice.tsx';

interface LoadFailedProps {
  readonly error: RequestError;
  readonly retry: () => Promise<void>;
}

/** In the place of a page that could not be loaded. */
export function LoadFailed({ error, retry }: LoadFailedProps) {
  const { common } = text.value;
  return (
    <Notice icon="alert" isFault title={common.notLoaded}>
      <p class="lead">{errorText(error)}</p>
      <p class="actions">
        <button type="button" class="button" onClick={() => void retry()}>
          <Icon name="refresh" size={16} /> {common.retry}
        </button>
      </p>
    </Notice>
  );
}

/** In the place of a part of a page. */
export function PartFailed({ error, retry }: LoadFailedProps) {
  return (
    <Alert>
      <p>{errorText(error)}</p>
      <div class="row">
        <button type="button" class="button quiet" onClick={() => void retry()}>
          {text.value.common.retry}
        </button>
      </div>
    </Alert>
  );
}
