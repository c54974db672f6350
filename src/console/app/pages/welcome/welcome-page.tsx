import { askToSignIn } from '../../ask-to-sign-in.ts';
import { Icon } from '../../components/icon.tsx';
import { Snippet } from '../../components/snippet.tsx';
import { isExpected } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { SETTINGS } from '../../settings.ts';
import { imageSnippet, pushSnippet } from '../../share/snippets.ts';
import { useTitle } from '../../use-title.ts';
import { Demo } from './demo.tsx';

const EXAMPLE = 'my-picture';

/** What the value that the third step pushes stands in. */
const TEMPLATE = `<svg viewBox="0 0 120 40">
  <text y="28">{{ value }} °C</text>
</svg>`;

function Steps() {
  const { steps } = text.value.welcome;
  return (
    <ol class="steps">
      <li class="card step">
        <h3>
          <span class="number">1</span>
          {steps.create.title}
        </h3>
        <p>{steps.create.text}</p>
        <div>
          <Snippet label="SVG" code={TEMPLATE} />
          <a class="button quiet" href="/new">
            {steps.create.action}
          </a>
        </div>
      </li>
      <li class="card step">
        <h3>
          <span class="number">2</span>
          {steps.embed.title}
        </h3>
        <p>{steps.embed.text}</p>
        <div>
          <Snippet label="HTML" code={imageSnippet(SETTINGS.base, EXAMPLE)} />
        </div>
      </li>
      <li class="card step">
        <h3>
          <span class="number">3</span>
          {steps.push.title}
        </h3>
        <p>{steps.push.text}</p>
        <div>
          <Snippet label="curl" code={pushSnippet(SETTINGS.base, EXAMPLE, { value: 42 })} />
        </div>
      </li>
    </ol>
  );
}

function Way({ href, title, words }: { readonly href: string; readonly title: string; readonly words: string }) {
  return (
    <a class="card way" href={href}>
      <h3>
        {title} <Icon name="forward" size={16} />
      </h3>
      <p>{words}</p>
    </a>
  );
}

/** `/` */
export function WelcomePage() {
  const { welcome, nav } = text.value;
  useTitle('');
  const { demo, anonymousWrites } = SETTINGS;
  return (
    <main id="main" class="page">
      <div class={`hero${demo === null ? '' : ' with-demo'}`}>
        <div>
          <h1>{welcome.title}</h1>
          <p class="lead">{welcome.lead}</p>
          <p class="actions">
            <a class="button large" href="/new">
              {welcome.start}
            </a>
            {isExpected.value ? (
              <a class="button large quiet" href="/sessions">
                {nav.sessions}
              </a>
            ) : (
              <button type="button" class="button large quiet" onClick={() => void askToSignIn()}>
                {welcome.signIn}
              </button>
            )}
          </p>
          {!isExpected.value && <p class="small">{anonymousWrites ? welcome.anonymous : welcome.accountNeeded}</p>}
        </div>
        {demo !== null && <Demo id={demo} />}
      </div>
      <section class="section" id="start" aria-labelledby="start-title">
        <h2 id="start-title">{welcome.stepsTitle}</h2>
        <Steps />
      </section>
      <section class="section" id="api" aria-labelledby="api-title">
        <h2 id="api-title">{welcome.apiTitle}</h2>
        <div class="ways">
          <Way href="/graphql" title="GraphQL" words={welcome.api.graphql} />
          <Way href="/docs" title="REST" words={welcome.api.rest} />
          <Way href={demo === null ? '/docs' : `/live/${demo}`} title="/live" words={welcome.api.live} />
        </div>
      </section>
    </main>
  );
}
