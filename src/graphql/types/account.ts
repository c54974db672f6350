import { builder } from '../builder.ts';
import { COST } from '../limits.ts';

builder.mutationField('changePassword', (t) =>
  t.boolean({
    authScopes: { signedIn: true },
    complexity: COST.signIn,
    description: 'Sets a new password and ends all your other sign-ins. True.',
    args: {
      current: t.arg.string({ required: true, description: 'The password until now.' }),
      next: t.arg.string({ required: true, description: '8 to 1024 characters.' }),
    },
    resolve: async (_root, passwords, { accounts, caller }) => {
      await accounts.changePassword(caller, passwords);
      return true;
    },
  }),
);

builder.mutationField('deleteAccount', (t) =>
  t.boolean({
    authScopes: { signedIn: true },
    complexity: COST.signIn,
    description: [
      'Deletes your account with all its sessions, API keys and sign-ins, at once and for good. Nobody can claim the user',
      'id for 30 days. True.',
    ].join('\n'),
    args: { password: t.arg.string({ required: true, description: 'Yours, to be sure that it is you.' }) },
    resolve: async (_root, { password }, { accounts, caller }) => {
      await accounts.delete(caller, { password });
      return true;
    },
  }),
);

builder.mutationField('disableUser', (t) =>
  t.boolean({
    authScopes: { signedIn: true },
    complexity: COST.write,
    description: [
      'For admins. Locks a user out, or in again: its tokens and keys are refused on every server within a second; its',
      'sessions go on. Whether it is disabled now.',
    ].join('\n'),
    args: {
      userId: t.arg.id({ required: true, description: 'Who.' }),
      disabled: t.arg.boolean({ defaultValue: true, description: 'False lets it sign in again.' }),
    },
    resolve: (_root, { userId, disabled }, { accounts, caller }) => accounts.disable(caller, userId, disabled ?? true),
  }),
);
