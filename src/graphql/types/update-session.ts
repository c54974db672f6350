import type { Touched } from '../../auth/may-write.ts';
import type { SessionChange } from '../../sessions/session-change.ts';
import { parseSessionId } from '../../sessions/session-id.ts';
import { ttlFromSeconds } from '../../sessions/time-to-live.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { Session, wholeSession } from './session.ts';
import { Visibility } from './visibility.ts';

const UpdateSessionInput = builder.inputType('UpdateSessionInput', {
  description: 'A change of a session. Whatever is absent stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: '`name` or `owner/name`.' }),
    args: t.field({ type: 'JSONObject', description: 'Replaces all args. Not together with `patch`.' }),
    patch: t.field({
      type: 'JSONObject',
      description:
        'Merged into the args (JSON Merge Patch, RFC 7396): `{"price": 43, "note": null}` sets one, ' +
        'removes the other. Not together with `args`.',
    }),
    template: t.string({ description: 'Replaces the template. Of a public session it is fixed.' }),
    ttlSeconds: t.int({
      description:
        'A new time to live, 1 second to 10 years. Absent: the stored one starts again; null: no expiry. ' +
        'Of a public session it is fixed.',
    }),
    visibility: t.field({
      type: Visibility,
      description:
        'Who sees the picture from now on; of an owned session. PRIVATE ends the streams of all others within a second.',
    }),
    ifVersion: t.int({ description: 'CONFLICT unless the session stands at this version.' }),
  }),
});

type Input = typeof UpdateSessionInput.$inferInput;

/** Absent and null mean the same in GraphQL, but for the time to live the contract tells them apart. */
function ttlOf({ ttlSeconds }: Input): Pick<SessionChange, 'ttlMs'> {
  if (ttlSeconds === undefined) return {};
  return { ttlMs: ttlSeconds === null ? null : ttlFromSeconds(ttlSeconds) };
}

/** What a public session has not is refused with better words than the scope has. */
function touches({ id, template, ttlSeconds, visibility }: Input): Touched {
  const isOwned = parseSessionId(id).owner !== null;
  return template == null && ttlSeconds === undefined && (visibility == null || !isOwned) ? 'args' : 'substance';
}

builder.mutationField('updateSession', (t) =>
  t.field({
    type: Session,
    complexity: COST.write,
    authScopes: (_root, { input }) => ({
      mayWrite: {
        id: input.id,
        touched: touches(input),
      },
    }),
    description: [
      'Changes a session; every viewer sees the new picture at once. Nothing changes when it does not render.',
      '',
      '```graphql',
      'mutation { updateSession(input: {id: "alice/chart", patch: {price: 43}}) { version } }',
      '```',
    ].join('\n'),
    args: { input: t.arg({ type: UpdateSessionInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, { caller, sessions }) => {
      const { args, patch, template, visibility, ifVersion } = input;
      const change: { -readonly [Field in keyof SessionChange]: SessionChange[Field] } = ttlOf(input);
      if (args != null) change.args = args;
      if (patch != null) change.patch = patch;
      if (template != null) change.template = template;
      if (visibility != null) change.visibility = visibility;
      if (ifVersion != null) change.onlyIf = ({ version }) => version === ifVersion;
      return wholeSession(await sessions.update(caller, parseSessionId(input.id), change));
    },
  }),
);
