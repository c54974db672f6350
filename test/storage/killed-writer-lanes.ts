import { open, owned } from './backend.ts';

/** The sessions of `killed-writer.ts`. */
export const LANES = [
  ...['a', 'b', 'c', 'd', 'e'].map((name) => owned('alice', name)),
  ...['a', 'b'].map((name) => owned('bob', name)),
  open('a'),
  open('b'),
];
export const ACCOUNTS = 'accounts';
export const SIGNING_KEY = '{"kid":"k"}';

export interface Operation {
  readonly lane: number;
  readonly k: number;
  /** `replace` writes the template too. */
  readonly kind: 'create' | 'update' | 'replace' | 'delete';
  /** About how long the picture is. */
  readonly bytes: number;
  readonly ttlMs: number | null;
}

export const templateOf = (lane: number, k: number) => `<svg>${lane} ${k} {{ n }}</svg>`;
export const argsOf = (lane: number, k: number) => `{"lane":${lane},"k":${k}}`;
/** Says the same all over, so that a picture made of two shows. */
export const svgOf = (lane: number, k: number, bytes: number) => `<svg>${`${lane} ${k},`.repeat(1 + bytes / 10)}</svg>`;

/** Whole numbers from 0 to below a bound, the same for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
