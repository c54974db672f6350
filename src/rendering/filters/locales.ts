import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { textArgument } from './arguments.ts';
import { createPrepared } from './prepared.ts';

/** Language, script, region (BCP 47), without extensions: those could change the calendar or the digits. */
const TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i;

const supported = createPrepared<readonly string[]>(50);

/** By default English. An unknown tag would be read as the locale of this machine. */
export function localeArgument(state: RenderState, value: Value): string {
  const tag = textArgument(state, value, 'locale', 11, 'en');
  if (tag === 'en') return tag;
  if (TAG.test(tag) && supported(state, tag, () => Intl.NumberFormat.supportedLocalesOf(tag)).length > 0) return tag;
  throw templateError(state.at, `There is no locale "${tag}"; "locale" is a tag like "de" or "pt-BR".`);
}
