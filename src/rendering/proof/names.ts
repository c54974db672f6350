const START =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u2c00-\\u2fef\\u3001-\\ud7ff';
const NC_NAME = `[${START}][-.\\w\\u00b7${START}]*`;

/** A name with or without a prefix (Namespaces in XML 1.0, section 4), as a pattern. */
const QUALIFIED_NAME = `(?:(${NC_NAME}):)?(${NC_NAME})`;

export interface QualifiedName {
  readonly name: string;
  /** Empty: none. */
  readonly prefix: string;
  readonly local: string;
}

const AT = new RegExp(QUALIFIED_NAME, 'y');

/** The name that begins there; null: none does. */
export function readName(text: string, offset: number): QualifiedName | null {
  AT.lastIndex = offset;
  const match = AT.exec(text);
  return match && { name: match[0], prefix: match[1] ?? '', local: match[2] as string };
}
