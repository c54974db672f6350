// White space as browsers strip it: behind any other, "#a" is the name of a file. No two quantifiers meet on it, for
// these would take quadratic time.
const LOCAL = /^[ \t\n\r]*(?:#|$|data:image\/(?:png|jpeg|gif|webp|avif);base64,[\w+/=\s-]*$)/i;
const WEB = /^[ \t\n\r]*https?:\/\//i;
const IN_CSS = /^[ \t\n\r]*(?:$|(?:#[-\w.:]*|data:image\/(?:png|jpeg|gif|webp|avif);base64,[\w+/=-]*)[ \t\n\r]*$)/i;

/** Whether a value may be a whole URL. @param web whether it may lead to the web, as a link does */
export const isAllowedUrl = (value: string, web: boolean): boolean => LOCAL.test(value) || (web && WEB.test(value));

/** Whether a value may be all of a `url(…)` in CSS, where quotes and brackets would end it. */
export const isAllowedInCss = (value: string): boolean => IN_CSS.test(value);
