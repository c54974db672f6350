import type { Caller } from '../../auth/caller.ts';
import { maySeePrivate } from '../../auth/may-see.ts';
import type { Frame as CurrentFrame } from '../../frames/frame.ts';
import type { JsonObject } from '../../json.ts';
import { formatSessionId, parseSessionId } from '../../sessions/session-id.ts';
import { noSuchSession } from '../../sessions/session-writer.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { SessionHead, StoredSession } from '../../storage/session-store.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { Frame } from './frame.ts';
import { User } from './user.ts';
import { Visibility } from './visibility.ts';

/** A session of which perhaps only the head is at hand. */
export interface SessionView {
  readonly head: SessionHead;
  /** Loads the rest, once. null: the session has ended meanwhile. */
  readonly content: () => Promise<StoredSession | null>;
}

export function wholeSession(session: StoredSession): SessionView {
  return { head: session, content: async () => session };
}

export function listedSession(head: SessionHead, sessions: Sessions, caller: Caller): SessionView {
  let content: Promise<StoredSession | null> | null = null;
  return {
    head,
    content() {
      content ??= sessions.get(head.id, caller);
      return content;
    },
  };
}

function frameOf({ id, epoch, version, updatedAt, svg }: StoredSession): CurrentFrame {
  return { sessionId: id, epoch, version, renderedAt: updatedAt, svg };
}

export const Session = builder.objectRef<SessionView>('Session').implement({
  description: 'A named live image: an SVG template and the args that fill it.',
  fields: (t) => ({
    id: t.id({
      description: 'Its one address everywhere: `name` (public) or `owner/name` (owned).',
      resolve: ({ head }) => formatSessionId(head.id),
    }),
    name: t.string({ description: 'The id without its owner.', resolve: ({ head }) => head.id.name }),
    owner: t.field({
      type: User,
      nullable: true,
      description: 'Who alone may change it; null for a public session.',
      resolve: ({ head }) => (head.id.owner === null ? null : { userId: head.id.owner }),
    }),
    template: t.string({
      nullable: true,
      complexity: COST.content,
      authScopes: ({ head }) => ({ maySeeSource: head.id }),
      description: 'The SVG template, in nunjucks syntax. FORBIDDEN unless the session is public or yours.',
      resolve: async ({ content }) => (await content())?.template ?? null,
    }),
    args: t.field({
      type: 'JSONObject',
      nullable: true,
      complexity: COST.content,
      authScopes: ({ head }) => ({ maySeeSource: head.id }),
      description: "The template's variables. FORBIDDEN unless the session is public or yours.",
      resolve: async ({ content }) => {
        const session = await content();
        return session && (JSON.parse(session.args) as JsonObject);
      },
    }),
    visibility: t.field({
      type: Visibility,
      description: 'Who sees its picture.',
      resolve: ({ head }) => head.visibility,
    }),
    version: t.int({
      description: '1 at creation, one more with each accepted write.',
      resolve: ({ head }) => head.version,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was created.',
      resolve: ({ head }) => head.createdAt,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When it was last written.',
      resolve: ({ head }) => head.updatedAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends unless it is written before; null: never.',
      resolve: ({ head }) => head.expiresAt,
    }),
    frame: t.field({
      type: Frame,
      complexity: COST.content,
      description: 'The current picture.',
      resolve: async ({ head, content }, _args, { caller }) => {
        // A push-only key is answered what it has written, but is not shown it.
        const mayLook = head.visibility === 'public' || maySeePrivate(caller.user, head.id);
        const session = mayLook ? await content() : null;
        if (session === null) throw noSuchSession(head.id);
        return frameOf(session);
      },
    }),
    viewers: t.int({
      complexity: COST.count,
      description: [
        'How many watch it now, on all servers: pictures on pages, subscriptions and WebSockets. A few seconds old; viewers',
        'of a server that was killed count for ten seconds more.',
      ].join('\n'),
      resolve: ({ head }, _args, { audience }) => audience.count(head.id),
    }),
    streamUrl: t.string({
      description:
        'Put it into `<img src="…">`: the image follows every change by itself. Of a private session it shows nothing: use the `url` of a view link.',
      resolve: ({ head }, _args, { pictureUrl }) => pictureUrl('stream', head.id),
    }),
    warnings: t.stringList({
      nullable: { list: true, items: false },
      complexity: COST.content,
      authScopes: ({ head }) => ({ maySeeSource: head.id }),
      description: 'What the last render noticed, such as undefined variables. FORBIDDEN unless public or yours.',
      resolve: async ({ content }) => (await content())?.warnings ?? null,
    }),
  }),
});

builder.queryField('session', (t) =>
  t.field({
    type: Session,
    nullable: true,
    complexity: COST.read,
    description:
      'One session; null when there is none, or a private one of somebody else. No token is needed otherwise.',
    args: { id: t.arg.id({ required: true, description: '`name` or `owner/name`.' }) },
    resolve: async (_root, { id }, { sessions, caller }) => {
      const session = await sessions.get(parseSessionId(id), caller);
      return session && wholeSession(session);
    },
  }),
);
