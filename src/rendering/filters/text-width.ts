/**
 * Widths of the printable ASCII characters in thousandths of the font size, from the space on: those of Helvetica, Arial
 * and Liberation Sans, which most sans-serif fonts are near.
 */
const ASCII = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const OTHER = 600;
/** Han, kana, hangul and emoji fill a square. */
const SQUARE = 1000;
const IS_SQUARE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/** What a reader sees as characters: letters with their accents, whole emoji, whole flags. */
export const charactersOf = (text: string): readonly string[] => [...eachCharacter(text)];

/** The same, one by one, and none is looked for before it is asked for. */
export function* eachCharacter(text: string): Generator<string> {
  if (isAscii(text)) yield* text;
  else for (const { segment } of segmenter.segment(text)) yield segment;
}

function widthOfCharacter(character: string): number {
  // An accented letter is as wide as the letter. Normalizing all of a letter with a thousand accents would be slow.
  const letter = character.length === 1 && character < '\x7f' ? character : character.slice(0, 2).normalize('NFD');
  return ASCII[letter.charCodeAt(0) - 32] ?? (IS_SQUARE.test(character) ? SQUARE : OTHER);
}

/** In font sizes. */
export const widthOf = (characters: readonly string[]): number =>
  characters.reduce((width, character) => width + widthOfCharacter(character), 0) / 1000;

/** Steps of measuring a text: what is not ASCII has to be segmented, which takes 1.6 µs per character. */
export const measuringCost = (text: string): number => text.length * costPerUnit(text);

export const costPerUnit = (text: string): number => (isAscii(text) ? 1 : 15);
