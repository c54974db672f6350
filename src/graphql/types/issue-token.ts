import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { AuthTokens } from './auth-tokens.ts';

const DEFAULT_TTL_SECONDS = 900;

builder.mutationField('issueToken', (t) =>
  t.field({
    type: AuthTokens,
    complexity: COST.signIn,
    description: [
      'Signs in with a password. Where sign-up is open, the first sign-in with a free user id claims it.',
      'An operation holds at most one sign-in.',
      '',
      '```graphql',
      'mutation { issueToken(userId: "alice", password: "correct horse") { accessToken expiresIn refreshToken } }',
      '```',
    ].join('\n'),
    args: {
      userId: t.arg.string({ required: true, description: '1 to 128 characters, no `/`.' }),
      password: t.arg.string({
        required: true,
        description: '8 to 1024 characters where it claims a user id; not empty.',
      }),
      ttlSeconds: t.arg.int({
        description: `How long the access token lives: 60 to 86400 seconds. Default: ${DEFAULT_TTL_SECONDS}.`,
      }),
    },
    resolve: (_root, { userId, password, ttlSeconds }, { signIns, caller }) =>
      signIns.issue({ userId, password, ttlSeconds: ttlSeconds ?? DEFAULT_TTL_SECONDS }, caller.client, {
        claims: 'good-password',
        refresh: true,
      }),
  }),
);
