/** What is wrong with a piece of markup, and where in it. The message is a whole sentence that names the mend. */
export class MarkupProblem extends Error {
  /** Code units from the beginning of the piece. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
