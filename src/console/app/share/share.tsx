import { Snippet } from '../components/snippet.tsx';
import { text } from '../language/language.ts';
import { addressOf, splitId } from '../session-address.ts';
import { SETTINGS } from '../settings.ts';
import { examplePush, imageSnippet, markdownSnippet, pushSnippet, subscriptionSnippet } from './snippets.ts';
import { ViewLinks } from './view-links.tsx';

interface ShareProps {
  readonly id: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Shown by view links alone: its plain addresses show nobody anything. */
  readonly isPrivate: boolean;
  /** Whether whoever looks may push. */
  readonly mayPush: boolean;
}

export function Share({ id, args, isPrivate, mayPush }: ShareProps) {
  const { base } = SETTINGS;
  const { stream, live } = addressOf(id, base);
  const { share } = text.value;
  return (
    <section class="share" id="share" aria-labelledby="share-title">
      <h2 id="share-title">{share.title}</h2>
      {isPrivate ? <ViewLinks id={id} /> : <p class="muted">{share.lead}</p>}
      <div class="snippets">
        {!isPrivate && (
          <>
            <Snippet label={share.image} code={imageSnippet(base, id)} />
            <Snippet label={share.markdown} code={markdownSnippet(base, id)} />
            <Snippet label={share.stream} code={stream} />
            <Snippet label={share.live} code={live} />
          </>
        )}
        <Snippet label={share.graphql} code={subscriptionSnippet(id)} />
        {mayPush && <Snippet label={share.push} code={pushSnippet(base, id, examplePush(args))} />}
      </div>
      {mayPush && splitId(id).owner !== null && (
        <p class="hint">
          {share.needsKey} <a href="/keys">{share.makeKey}</a>
        </p>
      )}
    </section>
  );
}
