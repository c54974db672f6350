import { signedIn } from '../../auth/caller.ts';
import { Refusal } from '../../errors.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';
import { listedSession, Session } from './session.ts';

const DEFAULT_FIRST = 50;
const MAX_FIRST = 200;

const SessionConnection = builder.connectionObject(
  {
    type: Session,
    name: 'SessionConnection',
    description: 'A page of sessions (Relay cursor connection).',
  },
  { name: 'SessionEdge', description: 'A session and where it stands in the list.' },
);

builder.queryField('sessions', (t) =>
  t.field({
    type: SessionConnection,
    authScopes: { signedIn: true },
    complexity: ({ first }) => ({ field: COST.read, multiplier: Math.min(first ?? DEFAULT_FIRST, MAX_FIRST) }),
    description: 'Your sessions, newest change first. UNAUTHENTICATED without a token.',
    args: {
      first: t.arg.int({ defaultValue: DEFAULT_FIRST, description: `1 to ${MAX_FIRST}.` }),
      after: t.arg.string({ description: '`pageInfo.endCursor` of the page before.' }),
      owner: t.arg.id({ description: 'For admins: whose sessions. Absent: yours.' }),
    },
    resolve: async (_root, { first, after, owner }, { caller, sessions }) => {
      const size = first ?? DEFAULT_FIRST;
      if (size < 1 || size > MAX_FIRST) {
        throw new Refusal('BAD_USER_INPUT', `"first" is a number from 1 to ${MAX_FIRST}, not ${size}.`);
      }
      const page = await sessions.list(caller, owner ?? signedIn(caller).userId, {
        first: size,
        ...(after == null ? {} : { after }),
      });
      return {
        edges: page.entries.map(({ cursor, head }) => ({ cursor, node: listedSession(head, sessions) })),
        pageInfo: {
          hasNextPage: page.hasNextPage,
          hasPreviousPage: false,
          startCursor: page.entries[0]?.cursor ?? null,
          endCursor: page.entries.at(-1)?.cursor ?? null,
        },
      };
    },
  }),
);
