import { builder } from '../builder.ts';

export const User = builder.objectRef<{ readonly userId: string }>('User').implement({
  description: 'Somebody who can sign in and own sessions.',
  fields: (t) => ({
    id: t.exposeID('userId', { description: 'The user id, as it stands before the `/` in ids of owned sessions.' }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: User,
    nullable: true,
    description: 'Who the token of this request belongs to; null without one.',
    resolve: (_root, _args, { caller }) => caller,
  }),
);
