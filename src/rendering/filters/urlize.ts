// nunjucks' own expressions; each takes time in proportion to the word.
const PUNCTUATION = /^(?:\(|<|&lt;)?(.*?)(?:\.|,|\)|\n|&gt;)?$/;
const EMAIL = /^[\w.!#$%&'*+\-/=?^`{|}~]+@[a-z\d-]+(\.[a-z\d-]+)+$/i;
const HTTP = /^https?:\/\/.*$/;
const WWW = /^www\./;
const TOP_LEVEL_DOMAIN = /\.(?:org|net|com)(?::|\/|$)/;

/** A word, as a link if it looks like an address. @param shown how many characters of a URL to show. */
export function urlizeWord(word: string, shown: number, nofollow: boolean): string {
  const url = PUNCTUATION.exec(word)?.[1] ?? word;
  const rel = nofollow ? ' rel="nofollow"' : '';
  const text = shown < 0 ? '' : url.slice(0, shown);
  if (HTTP.test(url)) return `<a href="${url}"${rel}>${text}</a>`;
  if (WWW.test(url)) return `<a href="http://${url}"${rel}>${text}</a>`;
  if (EMAIL.test(url)) return `<a href="mailto:${url}">${url}</a>`;
  if (TOP_LEVEL_DOMAIN.test(url)) return `<a href="http://${url}"${rel}>${text}</a>`;
  return word;
}
