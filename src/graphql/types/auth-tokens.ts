import type { SignedIn } from '../../auth/sign-in.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { User } from './user.ts';

const DEFAULT_TTL_SECONDS = 900;

const AuthTokens = builder.objectRef<SignedIn>('AuthTokens').implement({
  description: 'What a sign-in yields.',
  fields: (t) => ({
    accessToken: t.exposeString('token', {
      description: 'Send it as `Authorization: Bearer <accessToken>`. It is a JWT (RFC 7519), RS256.',
    }),
    tokenType: t.string({ description: 'Always `Bearer` (RFC 6750).', resolve: () => 'Bearer' }),
    expiresIn: t.exposeInt('expiresInSeconds', { description: 'Seconds from now until the access token expires.' }),
    refreshToken: t.string({
      nullable: true,
      description: 'Null: this sign-in gives an access token alone.',
      resolve: () => null,
    }),
    user: t.field({ type: User, description: 'Who signed in.', resolve: ({ userId }) => ({ userId }) }),
    created: t.exposeBoolean('created', { description: 'Whether this sign-in claimed a user id that was free.' }),
  }),
});

builder.mutationField('issueToken', (t) =>
  t.field({
    type: AuthTokens,
    complexity: COST.signIn,
    description: [
      'Signs in with a password. The first sign-in with a free user id claims it with that password.',
      'An operation holds at most one sign-in.',
      '',
      '```graphql',
      'mutation { issueToken(userId: "alice", password: "correct horse") { accessToken expiresIn } }',
      '```',
    ].join('\n'),
    args: {
      userId: t.arg.string({ required: true, description: '1 to 128 characters, no `/`.' }),
      password: t.arg.string({ required: true, description: 'Not empty.' }),
      ttlSeconds: t.arg.int({
        description: `How long the token lives: 60 to 86400 seconds. Default: ${DEFAULT_TTL_SECONDS}.`,
      }),
    },
    resolve: (_root, { userId, password, ttlSeconds }, { signIn }) =>
      signIn({ userId, password, ttlSeconds: ttlSeconds ?? DEFAULT_TTL_SECONDS }),
  }),
);
