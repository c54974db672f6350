import type { PictureRoute } from '../../http/public-base.ts';
import { formatSessionId, parseSessionId } from '../../sessions/session-id.ts';
import type { ViewLink as Link } from '../../sessions/view-links.ts';
import { builder } from '../builder.ts';
import type { GraphqlContext } from '../context.ts';
import { COST } from '../limits.ts';
import { Session } from './session.ts';

function urlOf(route: PictureRoute) {
  return ({ sessionId, token }: Link, _args: object, { pictureUrl }: GraphqlContext) =>
    `${pictureUrl(route, sessionId)}?view=${token}`;
}

const ViewLink = builder.objectRef<Link>('ViewLink').implement({
  description: [
    'Whoever has one of its URLs sees the picture of a private session, and can do nothing else. It ends when it expires,',
    'when it is revoked, and with the session.',
  ].join('\n'),
  fields: (t) => ({
    id: t.exposeID('linkId', { description: 'To revoke it by.' }),
    sessionId: t.id({
      description: 'The session it shows.',
      resolve: ({ sessionId }) => formatSessionId(sessionId),
    }),
    url: t.string({
      description: 'The stream. Put it into `<img src="…">`: the image follows every change by itself.',
      resolve: urlOf('stream'),
    }),
    snapshotUrl: t.string({ description: 'The current picture alone.', resolve: urlOf('snapshot') }),
    liveUrl: t.string({ description: 'A bare page that the picture fills, for `<iframe>`.', resolve: urlOf('live') }),
    token: t.exposeString('token', { description: 'What stands behind `?view=` in each of them. A secret.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it expires; null: it does not.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    maxFps: t.int({
      nullable: true,
      description:
        'The most frames per second of each stream that it opens; null: as many as are asked for. Snapshots are not counted.',
      resolve: ({ maxFps }) => maxFps,
    }),
  }),
});

builder.objectField(Session, 'viewLinks', (t) =>
  t.field({
    type: [ViewLink],
    nullable: true,
    complexity: { field: COST.read, multiplier: 10 },
    authScopes: ({ head }) => ({ mayWrite: { id: formatSessionId(head.id), touched: 'substance' } }),
    description: 'Its view links, newest first. FORBIDDEN unless the session is yours.',
    resolve: async ({ head }, _args, { viewLinks, caller }) => [...(await viewLinks.list(caller, head.id))],
  }),
);

builder.mutationField('createViewLink', (t) =>
  t.field({
    type: ViewLink,
    authScopes: { signedIn: true },
    complexity: COST.write,
    description: [
      'Makes a view link of a session of yours, at most 100 for each: it stays good while the session turns public and',
      'private again.',
      '',
      '```graphql',
      'mutation { createViewLink(sessionId: "alice/chart", maxFps: 10) { id url } }',
      '```',
    ].join('\n'),
    args: {
      sessionId: t.arg.id({ required: true, description: '`owner/name`.' }),
      expiresAt: t.arg({ type: 'DateTime', description: 'When it expires, in the future. Absent: it does not.' }),
      maxFps: t.arg.int({
        description:
          'The most frames per second of each stream that it opens, 1 to 120. Absent: as many as are asked for.',
      }),
    },
    resolve: (_root, { sessionId, expiresAt, maxFps }, { viewLinks, caller }) =>
      viewLinks.create(caller, parseSessionId(sessionId), { expiresAt: expiresAt ?? null, maxFps: maxFps ?? null }),
  }),
);

builder.mutationField('revokeViewLink', (t) =>
  t.field({
    type: 'ID',
    authScopes: { signedIn: true },
    complexity: COST.write,
    description:
      'Ends a view link, and within a second the streams of all who came by it, on every server. Returns its id.',
    args: {
      sessionId: t.arg.id({ required: true, description: '`owner/name`.' }),
      id: t.arg.id({ required: true, description: 'As `Session.viewLinks` lists it.' }),
    },
    resolve: async (_root, { sessionId, id }, { viewLinks, caller }) => {
      await viewLinks.revoke(caller, parseSessionId(sessionId), id);
      return id;
    },
  }),
);
