import { Refusal } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import { createEngine, type Rendering } from '../../src/rendering/engine.ts';

export const engine = createEngine({ maxFrameBytes: 2 * 1024 * 1024, maxSteps: 100_000 });

export const OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">';
const CLOSE = '</svg>';

/** Renders a piece of template inside a picture. */
export const renderPiece = (piece: string, args: JsonObject = {}): Rendering =>
  engine.render(`${OPEN}${piece}${CLOSE}`, args);

/** What a piece of template writes. */
export const pieceText = (piece: string, args: JsonObject = {}): string =>
  renderPiece(piece, args).svg.slice(OPEN.length, -CLOSE.length);

/** What a call is refused with. */
export function refusalBy(call: () => unknown): Refusal {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Not refused');
}

/** The refusal of a whole template. */
export const refusalOf = (template: string, args: JsonObject = {}): Refusal =>
  refusalBy(() => engine.render(template, args));
