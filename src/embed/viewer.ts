/** `waiting`: nothing is heard of the server. `gone`: there is no such session, or none yet. */
export type State = 'live' | 'waiting' | 'gone';

/** Who is shown the pictures of one session. */
export interface Viewer {
  frame(svg: string): void;
  /** `live` follows from each frame. */
  state(state: Exclude<State, 'live'>): void;
}

const FIRST_RETRY_MS = 500;

/** How long to wait before another try: each page for a time of its own, since all of them lose a server at once. */
export function retryMs(tries: number, most: number): number {
  return Math.min(most, FIRST_RETRY_MS * 2 ** Math.min(tries, 9)) * (0.5 + Math.random() / 2);
}
