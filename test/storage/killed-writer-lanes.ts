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
