/** What can make a browser load something, beside `url()`. */
const LOADING = new Set(
  'image-set -webkit-image-set image cross-fade -webkit-cross-fade src element -moz-element paint expression'.split(
    ' ',
  ),
);
const LOCAL = /^(?:#|data:(?:image\/(?:png|jpeg|gif|webp|avif)|font\/(?:woff2?|ttf|otf));base64,)/i;
const SPACE = /[ \t\n\r\f]/;
const NAME = /[-\w\u0080-\u{10ffff}]/u;

/**
 * What a piece of CSS would load or run, by CSS Syntax Level 3; each in words.
 *
 * @param isSheet the text of a `<style>`; elsewhere there are no rules
 */
export function judgeCss(source: string, isSheet: boolean): readonly string[] {
  // Preprocessing (section 3.3)
  const css = source.replace(/\r\n?|\f/g, '\n').replaceAll('\0', '\ufffd');
  const faults: string[] = [];
  let at = 0;

  const escaped = (): string => {
    at += 1;
    const hex = /^[0-9a-fA-F]{1,6}/.exec(css.slice(at, at + 6))?.[0];
    if (hex === undefined) {
      at += 1;
      return css.slice(at - 1, at);
    }
    at += hex.length;
    if (SPACE.test(css.slice(at, at + 1))) at += 1;
    const code = Number.parseInt(hex, 16);
    return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  };
  const isEscape = () => css[at] === '\\' && css[at + 1] !== '\n' && at + 1 < css.length;
  const name = (): string => {
    let read = '';
    for (; at < css.length; ) {
      if (isEscape()) read += escaped();
      else if (NAME.test(css.charAt(at))) read += css.charAt(at++);
      else break;
    }
    return read.toLowerCase();
  };
  const quoted = (): string => {
    const quote = css.charAt(at++);
    let read = '';
    while (at < css.length && css[at] !== quote && css[at] !== '\n') {
      if (css[at] === '\\' && css[at + 1] === '\n') at += 2;
      else if (isEscape()) read += escaped();
      else read += css.charAt(at++);
    }
    at += 1;
    return read;
  };
  const target = (): string => {
    while (SPACE.test(css.charAt(at))) at += 1;
    if (css[at] === '"' || css[at] === "'") return quoted();
    let read = '';
    while (at < css.length && css[at] !== ')') read += isEscape() ? escaped() : css.charAt(at++);
    return read.trim();
  };

  while (at < css.length) {
    const character = css.charAt(at);
    if (css.startsWith('/*', at)) {
      const end = css.indexOf('*/', at + 2);
      at = end === -1 ? css.length : end + 2;
    } else if (character === '"' || character === "'") {
      quoted();
    } else if (character === '@') {
      at += 1;
      const rule = name();
      if (isSheet && rule === 'import') faults.push('CSS rule @import');
    } else if (NAME.test(character) || isEscape()) {
      const word = name();
      if (word === '-moz-binding' || word === 'behavior') faults.push(`CSS property ${word}`);
      if (css[at] !== '(') continue;
      at += 1;
      if (LOADING.has(word)) faults.push(`CSS function ${word}()`);
      if (word !== 'url' && word !== 'url-prefix') continue;
      const loaded = target();
      if (loaded !== '' && !LOCAL.test(loaded)) faults.push(`CSS url(${loaded.slice(0, 60)})`);
    } else {
      at += 1;
    }
  }
  return faults;
}
