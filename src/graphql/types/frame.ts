import { type Frame as CurrentFrame, frameEtag } from '../../frames/frame.ts';
import { iterateFrames } from '../../frames/iterate-frames.ts';
import { formatSessionId, parseSessionId } from '../../sessions/session-id.ts';
import { noSuchSession } from '../../sessions/session-writer.ts';
import { builder } from '../builder.ts';
import { WRITTEN_BY_TRANSPORT } from '../handover.ts';
import { COST } from '../limits.ts';

/**
 * None of its fields may depend on who asks, nor wait for anything: the result for one frame is made once for all its
 * viewers, without a context.
 */
export const Frame = builder.objectRef<CurrentFrame>('Frame').implement({
  description: 'One rendered picture of a session.',
  fields: (t) => ({
    sessionId: t.id({
      description: 'The session it shows.',
      resolve: ({ sessionId }) => formatSessionId(sessionId),
    }),
    version: t.exposeInt('version', { description: "The session's version that it shows." }),
    etag: t.string({
      description: 'Opaque; differs from that of every other frame of this id. Give it as `after` to skip this frame.',
      resolve: frameEtag,
    }),
    svg: t.exposeString('svg', { description: 'The picture: a well-formed SVG document.' }),
    renderedAt: t.expose('renderedAt', { type: 'DateTime', description: 'When it was rendered.' }),
  }),
});

builder.subscriptionField('frames', (t) =>
  t.field({
    type: Frame,
    complexity: COST.read,
    description: [
      'The current frame at once, then every newer one, until the session ends. A slow reader skips frames, but never',
      "sees them out of order or twice. No token is needed, unless the session is private: then its owner's.",
      '',
      '```graphql',
      'subscription { frames(sessionId: "alice/chart") { version svg } }',
      '```',
    ].join('\n'),
    args: {
      sessionId: t.arg.id({ required: true, description: '`name` or `owner/name`.' }),
      after: t.arg.string({ description: 'The `etag` of the frame you have already; it is not sent again.' }),
    },
    subscribe: async (_root, { sessionId, after }, { caller, frames, whenGone, handover }, info) => {
      const id = parseSessionId(sessionId);
      const visitor = { user: caller.user, link: null };
      if (handover !== null) {
        await handover.begin({ id, visitor, after: after ?? '', info });
        return WRITTEN_BY_TRANSPORT;
      }
      const iterator = await iterateFrames(frames, id, after ?? null, visitor);
      if (iterator === null) throw noSuchSession(id);
      // A client that left while the watching began is never read to, so nobody would call `return`.
      whenGone(() => iterator.return?.());
      return iterator;
    },
    resolve: (frame) => frame,
  }),
);
