import type { RequestError } from '../../../client/request-error.ts';
import { errorText } from '../language/error-text.ts';
import { text } from '../language/language.ts';
import { Alert } from './alert.tsx';

/** In the place of what could not be loaded. */
export function LoadFailed({ error, retry }: { readonly error: RequestError; readonly retry: () => Promise<void> }) {
  return (
    <main id="main" class="page narrow">
      <Alert>
        <p>{errorText(error)}</p>
        <div class="row">
          <button type="button" class="button quiet" onClick={() => void retry()}>
            {text.value.common.retry}
          </button>
        </div>
      </Alert>
    </main>
  );
}
