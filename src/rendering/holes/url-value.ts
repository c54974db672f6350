const LOCAL = /^\s*(?:#|$|data:image\/(?:png|jpeg|gif|webp|avif);base64,[\w+/=\s-]*$)/i;
const WEB = /^\s*https?:\/\//i;
const IN_CSS = /^\s*(?:#[-\w.:]*|data:image\/(?:png|jpeg|gif|webp|avif);base64,[\w+/=-]*)?\s*$/i;

/** Whether a value may be a whole URL. @param web whether it may lead to the web, as a link does */
export const isAllowedUrl = (value: string, web: boolean): boolean => LOCAL.test(value) || (web && WEB.test(value));

/** Whether a value may be all of a `url(…)` in CSS, where quotes and brackets would end it. */
export const isAllowedInCss = (value: string): boolean => IN_CSS.test(value);
