import type { ListedSignIn } from '../../auth/sign-ins.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';

const SignIn = builder.objectRef<ListedSignIn>('SignIn').implement({
  description: 'One sign-in: all tokens that descend from one check of a password.',
  fields: (t) => ({
    id: t.exposeID('sid', { description: 'The claim `sid` of its access tokens.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it began.', resolve: ({ createdAt }) => createdAt }),
    lastUsedAt: t.field({
      type: 'DateTime',
      description: 'When it last got tokens.',
      resolve: ({ lastUsedAt }) => lastUsedAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it ends unless its refresh token is used before.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    agent: t.exposeString('agent', { nullable: true, description: 'What the client called itself (`User-Agent`).' }),
    current: t.exposeBoolean('current', { description: 'Whether the token of this request belongs to it.' }),
  }),
});

builder.queryField('signIns', (t) =>
  t.field({
    type: [SignIn],
    authScopes: { signedIn: true },
    complexity: { field: COST.read, multiplier: 10 },
    description: 'Your sign-ins that have not ended, last used first.',
    resolve: async (_root, _args, { signIns, caller }) => [...(await signIns.list(caller))],
  }),
);

builder.mutationField('endSignIn', (t) =>
  t.field({
    type: 'ID',
    authScopes: { signedIn: true },
    complexity: COST.write,
    description: [
      'Ends one of your sign-ins, perhaps on a device that is lost: its tokens are refused on every server within a second.',
      'Returns its id.',
    ].join('\n'),
    args: { id: t.arg.id({ required: true, description: 'As `signIns` lists it.' }) },
    resolve: async (_root, { id }, { signIns, caller }) => {
      await signIns.end(caller, id);
      return id;
    },
  }),
);

builder.mutationField('signOut', (t) =>
  t.boolean({
    complexity: COST.write,
    description: [
      'Ends a sign-in: that of the given refresh token, else that of the token of this request. Its access tokens are',
      'refused on every server within a second. True: something ended.',
    ].join('\n'),
    args: {
      refreshToken: t.arg.string({ description: 'Of the sign-in to end; no other token is needed then.' }),
      everywhere: t.arg.boolean({ defaultValue: false, description: "End all of this user's sign-ins." }),
    },
    resolve: (_root, { refreshToken, everywhere }, { signIns, caller }) =>
      signIns.signOut(caller, {
        ...(refreshToken == null ? {} : { refreshToken }),
        everywhere: everywhere ?? false,
      }),
  }),
);
