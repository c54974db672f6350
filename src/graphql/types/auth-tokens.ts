import type { SignedIn } from '../../auth/sign-ins.ts';
import { builder } from '../builder.ts';
import { User } from './user.ts';

export const AuthTokens = builder.objectRef<SignedIn>('AuthTokens').implement({
  description: 'What a sign-in yields.',
  fields: (t) => ({
    accessToken: t.exposeString('token', {
      description: 'Send it as `Authorization: Bearer <accessToken>`. It is a JWT (RFC 7519), RS256.',
    }),
    tokenType: t.string({ description: 'Always `Bearer` (RFC 6750).', resolve: () => 'Bearer' }),
    expiresIn: t.exposeInt('expiresInSeconds', { description: 'Seconds from now until the access token expires.' }),
    refreshToken: t.exposeString('refreshToken', {
      nullable: true,
      description:
        'Opaque. Give it to `refreshToken` once, within 7 days, for the next pair. Null: an access token alone.',
    }),
    user: t.field({ type: User, description: 'Who signed in.', resolve: (signedIn) => signedIn }),
    created: t.exposeBoolean('created', { description: 'Whether this sign-in claimed a user id that was free.' }),
  }),
});
