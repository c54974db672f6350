import type { Frame } from '../frames/frame.ts';
import type { SessionId } from '../sessions/session-id.ts';
import { DEMO_MESSAGE, LIVE_PICTURE } from './assets.ts';
import { document } from './document.ts';
import { type Html, html } from './html.ts';
import { picture } from './picture.ts';
import { pastablePath, sessionUrls } from './session-urls.ts';
import { createSnippet, imageSnippet, pushSnippet, snippetBlock } from './snippets.ts';

export interface Welcome {
  /** `http://127.0.0.1:3000` */
  readonly base: string;
  /** The demo's current frame; null: there is no demo. */
  readonly demo: Frame | null;
  /** A free name for the visitor's first session. */
  readonly exampleName: string;
  /** Whether visitors may create public sessions and change them without signing in. */
  readonly anonymousWrites: boolean;
}

const ROUTES: readonly (readonly [string, string, string])[] = [
  ['POST', '/api/session', 'Create a public session: {session_id, template, args, expire}'],
  ['PATCH', '/api/session/{name}', 'Merge args into it (PUT replaces them all)'],
  ['POST', '/api/auth/token', 'Sign in; a free user id becomes yours: {user_id, password}'],
  ['POST', '/api/user/{user}/session', 'Create a session that only you may write'],
  ['GET', '/stream/{name}', 'The live picture, for <img>; owned: /stream/{user}/{name}'],
  ['GET', '/snapshot/{name}', 'The current picture alone, for READMEs'],
  ['GET', '/live/{name}', 'A bare page with the picture, for frames, OBS and screens'],
  ['POST', '/graphql', 'All of it as GraphQL; subscriptions over SSE and WebSocket'],
];

function pushForm(id: SessionId): Html {
  return html`<form class="push" data-demo-message="/api/session/${pastablePath(id)}" hidden>
    <label for="message">Say something to everyone who looks at it</label>
    <div class="push-row">
      <input id="message" name="message" maxlength="56" autocomplete="off" placeholder="Hello, world" required>
      <button type="submit">Push</button>
    </div>
    <p class="hint" role="status" data-status></p>
  </form>`;
}

function steps(base: string, name: string): Html {
  const id = { owner: null, name };
  return html`<ol class="steps">
  <li><h3>Create</h3>
    <p>A template with variables, in a file: <a href="https://jqlang.org">jq</a> puts it into JSON.</p>
    ${snippetBlock('step-create', 'Shell', createSnippet(base, name))}</li>
  <li><h3>Embed</h3>
    <p>An ordinary image, on any page of any site. Or <a href="${sessionUrls('', id).page}">open its own page</a>.</p>
    ${snippetBlock('step-embed', 'HTML', imageSnippet(base, id))}</li>
  <li><h3>Push</h3>
    <p>Change the args. Everyone who has it open sees the new picture at once.</p>
    ${snippetBlock('step-push', 'Shell', pushSnippet(base, id, { text: 'It is live', color: '#f472b6' }))}</li>
</ol>`;
}

const SIGN_IN_FIRST = html`<p>Only signed-in users write here: <code>POST /api/auth/token</code> gives a token, and
    <code>POST /api/user/{user}/session</code> with it makes a picture that is yours.</p>`;

export function welcomePage({ base, demo, exampleName, anonymousWrites }: Welcome): string {
  const demoPath = demo === null ? null : sessionUrls('', demo.sessionId).page;
  return document({
    title: 'realtime-svg: live images',
    description: 'Write an SVG template, push JSON, and every open image shows the new picture at once.',
    scripts: demo === null ? [] : anonymousWrites ? [LIVE_PICTURE, DEMO_MESSAGE] : [LIVE_PICTURE],
    main: html`<div class="hero${demo === null ? ' alone' : ''}">
  <div class="pitch">
    <h1>Images that are <em>live</em>.</h1>
    <p class="lead">Write an SVG template, push JSON, and everyone who has the image open sees the new picture at
      once, in a plain <code>&lt;img&gt;</code>.</p>
    <p class="actions">
      <a class="button" href="#start">Make your own</a>
      <a class="button quiet" href="/graphql">Playground</a>
      ${demoPath === null ? null : html`<a class="button quiet" href="${demoPath}">Demo page</a>`}
    </p>
  </div>
  ${
    demo === null
      ? null
      : html`<section class="demo" aria-label="Live demo">
  ${picture(demo.sessionId, demo.svg)}
  ${anonymousWrites ? pushForm(demo.sessionId) : null}
</section>`
  }
</div>
<section id="start" aria-labelledby="start-title">
  <h2 id="start-title">${anonymousWrites ? 'Three steps to your own' : 'Sign in for your own'}</h2>
  ${anonymousWrites ? steps(base, exampleName) : SIGN_IN_FIRST}
</section>
<section id="api" aria-labelledby="api-title">
  <h2 id="api-title">The API at a glance</h2>
  <div class="table"><table>
    <thead><tr><th scope="col">Request</th><th scope="col">What it does</th></tr></thead>
    <tbody>${ROUTES.map(
      ([method, path, what]) => html`
      <tr><td><code><b>${method}</b> ${path}</code></td><td>${what}</td></tr>`,
    )}
    </tbody>
  </table></div>
</section>`,
  });
}
