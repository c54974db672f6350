import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { AuthTokens } from './auth-tokens.ts';

builder.mutationField('refreshToken', (t) =>
  t.field({
    type: AuthTokens,
    complexity: COST.signIn,
    description: [
      'The next pair of tokens for a refresh token, which is used up by it. A second use within 10 seconds, say after a',
      'lost answer, gives the same pair again; a later one ends the whole sign-in, for then two have the token.',
    ].join('\n'),
    args: { refreshToken: t.arg.string({ required: true, description: 'As the last sign-in or refresh gave it.' }) },
    resolve: (_root, { refreshToken }, { signIns, caller }) => signIns.refresh(refreshToken, caller.client),
  }),
);
