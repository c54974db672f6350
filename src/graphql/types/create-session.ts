import { ttlFromSeconds } from '../../sessions/time-to-live.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { Session, wholeSession } from './session.ts';
import { Visibility } from './visibility.ts';

const CreateSessionInput = builder.inputType('CreateSessionInput', {
  description: 'A new session.',
  fields: (t) => ({
    name: t.string({
      description: '1 to 128 characters, no `/`. Absent: 16 unguessable characters of [a-z0-9].',
    }),
    template: t.string({
      required: true,
      description:
        'SVG in nunjucks syntax, for example `<svg viewBox="0 0 90 20"><text y="15">{{ price }}</text></svg>`.',
    }),
    args: t.field({ type: 'JSONObject', defaultValue: {}, description: "The template's variables." }),
    ttlSeconds: t.int({
      description:
        'Ends the session this long after its last write: 1 second to 10 years. Absent: no expiry for an ' +
        'owned session, a day (86400) for a public one.',
    }),
    public: t.boolean({
      defaultValue: false,
      description:
        'A public session belongs to nobody, and anybody may change its args. Without a token, the only kind.',
    }),
    visibility: t.field({
      type: Visibility,
      description: 'Who sees the picture. Absent: everybody. Not PRIVATE together with `public`.',
    }),
  }),
});

builder.mutationField('createSession', (t) =>
  t.field({
    type: Session,
    complexity: COST.write,
    authScopes: (_root, { input }) => (input.public ? true : { signedIn: true }),
    description: [
      'Creates a session. CONFLICT when the name is taken, TEMPLATE_ERROR when the template does not render.',
      '',
      '```graphql',
      'mutation ($template: String!) {',
      '  createSession(input: {name: "chart", template: $template, args: {price: 42}}) { id streamUrl }',
      '}',
      '```',
    ].join('\n'),
    args: { input: t.arg({ type: CreateSessionInput, required: true, description: 'What to create.' }) },
    resolve: async (_root, { input }, { caller, sessions }) =>
      wholeSession(
        await sessions.create(caller, {
          public: input.public ?? false,
          template: input.template,
          args: input.args ?? {},
          ...(input.visibility == null ? {} : { visibility: input.visibility }),
          ...(input.name == null ? {} : { name: input.name }),
          ...(input.ttlSeconds == null ? {} : { ttlMs: ttlFromSeconds(input.ttlSeconds) }),
        }),
      ),
  }),
);
