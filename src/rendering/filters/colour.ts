import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isSafe, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { COLOUR_NAMES } from './colour-names.ts';
import { within } from './series.ts';

/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const LONGEST = 40;

function fromHex(digits: string): Colour | null {
  if (!/^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(digits)) return null;
  const pairs = digits.length < 6 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0, alpha = 255] = pairs.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue, alpha / 255];
}

const NUMBER = /^[-+]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})(%|deg)?$/;

/** A part of a colour function, where 100 % is `whole`. */
function part(text: string, whole: number): number {
  const [, unit] = NUMBER.exec(text) ?? [];
  if (!NUMBER.test(text) || (unit === 'deg' && whole !== 360)) return Number.NaN;
  return Number.parseFloat(text) * (unit === '%' ? whole / 100 : 1);
}

function fromHsl(hue: number, saturation: number, lightness: number): readonly [number, number, number] {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return 255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** `rgb(1, 2, 3)`, `rgb(1 2 3 / 50%)`, `hsl(120, 50%, 50%, 0.5)`. */
function fromFunction(text: string): Colour | null {
  const [, name, inside = ''] = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(text) ?? [];
  const parts = inside.trim().split(/\s*[,/]\s*|\s+/);
  if (name === undefined || parts.length < 3 || parts.length > 4) return null;
  const [a = '', b = '', c = '', d = '1'] = parts;
  const alpha = within(part(d, 1), 0, 1);
  if (name === 'rgb') {
    return [within(part(a, 255), 0, 255), within(part(b, 255), 0, 255), within(part(c, 255), 0, 255), alpha];
  }
  // Saturation and lightness are percentages, with or without their sign.
  const [hue, saturation, lightness] = [part(a, 360), within(part(b, 100), 0, 100), within(part(c, 100), 0, 100)];
  return [...fromHsl(hue, saturation / 100, lightness / 100), alpha];
}

export function colourOf(state: RenderState, value: Value, name?: string): Colour {
  charge(state, 25);
  const given = isSafe(value) ? value.text : value;
  if (typeof given === 'string' && given.length <= LONGEST) {
    const text = given.trim().toLowerCase();
    const digits = text.startsWith('#') ? text.slice(1) : text === 'transparent' ? '0000' : COLOUR_NAMES.get(text);
    const colour = digits === undefined ? fromFunction(text) : fromHex(digits);
    if (colour?.every((part) => Number.isFinite(part))) return colour;
  }
  const what = typeof given === 'string' ? `"${given.slice(0, LONGEST)}"` : describe(value);
  const taker = name === undefined ? 'This filter takes a colour' : `"${name}" is a colour`;
  throw templateError(state.at, `${taker} like "#22c55e", "rgb(34, 197, 94)" or "green", and not ${what}.`);
}

/** `#rrggbb`, or `#rrggbbaa` where something shines through: no text of a colour is shorter or valid in more places. */
export function colourText([red, green, blue, alpha]: Colour): string {
  const channels = alpha < 1 ? [red, green, blue, alpha * 255] : [red, green, blue];
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
