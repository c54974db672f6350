/** The configuration cannot be used. The message lists every mistake, is made for people and holds no secret. */
export class ConfigError extends Error {
  /** One line each, without the heading. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const heading = mistakes.length === 1 ? 'The configuration has a mistake:' : `${mistakes.length} mistakes:`;
    super([heading, ...mistakes.map((mistake) => `  ${mistake}`), 'All settings: --help'].join('\n'));
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}
