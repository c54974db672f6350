/**
 * The picture of the load: as many bytes as asked for, and at its end the moment of its update in microseconds of the
 * generator's clock, closed by a character that stands nowhere else.
 */
export const MARK = '~';
export const DIGITS = 12;

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><desc>';
const MIDDLE = '</desc><text y="20">';
const TAIL = `${MARK}</text></svg>`;

export const TEMPLATE = `${HEAD}{{ pad }}${MIDDLE}{{ sent }}${TAIL}`;

export function padFor(bytes: number): string {
  return 'm 12,34 '.repeat(bytes / 8 + 1).slice(0, Math.max(0, bytes - svgOf('', 0).length));
}

export function svgOf(pad: string, sentMicros: number): string {
  return `${HEAD}${pad}${MIDDLE}${digitsOf(sentMicros)}${TAIL}`;
}

export function digitsOf(sentMicros: number): string {
  return String(Math.floor(sentMicros)).padStart(DIGITS, '0');
}
