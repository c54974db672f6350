/** What a template may use only so much of, as errors name it. They are API: names are added, never changed. */
export const LIMIT_NAMES = [
  'steps',
  'text length',
  'frame length',
  'frame bytes',
  'drawn elements',
  'data depth',
  'call depth',
  'range',
  'tokens',
  'nesting',
  'depth',
] as const;

export type LimitName = (typeof LIMIT_NAMES)[number];

/** What the error of an exceeded limit carries. */
export interface Overrun {
  readonly limit: LimitName;
  /** null: more than a number says. */
  readonly used: number | null;
  readonly allowed: number;
}
