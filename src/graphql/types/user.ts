import type { Role } from '../../storage/account-store.ts';
import { builder } from '../builder.ts';

interface Shown {
  readonly userId: string;
  /** Known of the one who asks, and of nobody else. */
  readonly role?: Role;
}

export const User = builder.objectRef<Shown>('User').implement({
  description: 'Somebody who can sign in and own sessions.',
  fields: (t) => ({
    id: t.exposeID('userId', { description: 'The user id, as it stands before the `/` in ids of owned sessions.' }),
    role: t.string({
      nullable: true,
      description: '`user` or `admin`; only shown of yourself, else null.',
      resolve: ({ role }) => role ?? null,
    }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: User,
    nullable: true,
    description: 'Who the token of this request belongs to; null without one.',
    resolve: (_root, _args, { caller }) => caller.user,
  }),
);
