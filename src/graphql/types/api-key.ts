import { type ApiKey as Key, scopesOf } from '../../auth/api-keys.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { AuthTokens } from './auth-tokens.ts';

const ApiKey = builder.objectRef<Key>('ApiKey').implement({
  description: 'A key for programs. Its secret is shown once, when it is made.',
  fields: (t) => ({
    id: t.exposeID('keyId', { description: 'The claim `sid` of tokens it was exchanged for.' }),
    name: t.exposeString('name', { description: 'What its owner calls it.' }),
    scopes: t.stringList({
      description: '`all`, or `push:<session id>` for each session whose args it may change, and nothing else.',
      resolve: (key) => [...scopesOf(key)],
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: ({ createdAt }) => createdAt }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null: never.',
      resolve: ({ lastUsedAt }) => lastUsedAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends; null: never.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
  }),
});

interface Created {
  readonly apiKey: Key;
  readonly secret: string;
}

const CreatedApiKey = builder.objectRef<Created>('CreatedApiKey').implement({
  description: 'A new API key and its secret.',
  fields: (t) => ({
    apiKey: t.field({ type: ApiKey, description: 'As it is listed.', resolve: ({ apiKey }) => apiKey }),
    secret: t.exposeString('secret', {
      description:
        'Send it as `Authorization: Bearer <secret>`. It is shown this once: the server keeps only its hash.',
    }),
  }),
});

builder.queryField('apiKeys', (t) =>
  t.field({
    type: [ApiKey],
    authScopes: { signedIn: true },
    complexity: { field: COST.read, multiplier: 10 },
    description: 'Your API keys, newest first.',
    resolve: async (_root, _args, { apiKeys, caller }) => [...(await apiKeys.list(caller))],
  }),
);

builder.mutationField('createApiKey', (t) =>
  t.field({
    type: CreatedApiKey,
    authScopes: { signedIn: true },
    complexity: COST.write,
    description: [
      'Makes an API key.',
      '',
      '```graphql',
      'mutation { createApiKey(name: "weather station", scopes: ["push:alice/kitchen"]) { secret } }',
      '```',
    ].join('\n'),
    args: {
      name: t.arg.string({ required: true, description: '1 to 100 characters, to tell it from others.' }),
      scopes: t.arg.stringList({
        description:
          '`push:<session id>`: the key may change the args of that session of yours, and nothing else; several add up. ' +
          'Absent, or `all`: everything that is yours, but to make keys.',
      }),
      expiresAt: t.arg({ type: 'DateTime', description: 'When it ends, in the future. Absent: never.' }),
    },
    resolve: (_root, { name, scopes, expiresAt }, { apiKeys, caller }) =>
      apiKeys.create(caller, { name, scopes: scopes ?? null, expiresAt: expiresAt ?? null }),
  }),
);

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: 'ID',
    authScopes: { signedIn: true },
    complexity: COST.write,
    description:
      'Ends an API key and all tokens it was exchanged for, on every server within a second. Returns its id.',
    args: { id: t.arg.id({ required: true, description: 'As `apiKeys` lists it.' }) },
    resolve: async (_root, { id }, { apiKeys, caller }) => {
      await apiKeys.revoke(caller, id);
      return id;
    },
  }),
);

builder.mutationField('exchangeApiKey', (t) =>
  t.field({
    type: AuthTokens,
    complexity: COST.signIn,
    description: 'An access token of one hour for an API key, with the same rights; no refresh token.',
    args: { apiKey: t.arg.string({ required: true, description: 'The secret, as `createApiKey` gave it.' }) },
    resolve: (_root, { apiKey }, { signIns, caller }) => signIns.exchange(apiKey, caller.client),
  }),
);
