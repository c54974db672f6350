import { document } from './document.ts';
import { html } from './html.ts';

/** For a store that does not answer: without it the console could show nothing. */
export function unavailablePage(): string {
  return document({
    title: 'Back in a moment · realtime-svg',
    description: 'Back in a moment',
    scripts: [],
    main: html`<div class="notice">
  <h1>Back in a moment</h1>
  <p class="lead">The store does not answer at the moment. Nothing is lost; try again shortly.</p>
  <p class="actions"><a class="button" href="">Try again</a> <a class="button quiet" href="/">Start page</a></p>
</div>`,
  });
}
