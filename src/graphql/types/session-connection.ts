import { signedIn } from '../../auth/caller.ts';
import { Refusal } from '../../errors.ts';
import type { ListRequest, SessionPage } from '../../storage/session-store.ts';
import { builder } from '../builder.ts';
import type { GraphqlContext } from '../context.ts';
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

interface Page {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** @throws Refusal BAD_USER_INPUT */
function requestOf({ first, after }: Page): ListRequest {
  const size = first ?? DEFAULT_FIRST;
  if (size < 1 || size > MAX_FIRST) {
    throw new Refusal('BAD_USER_INPUT', `"first" is a number from 1 to ${MAX_FIRST}, not ${size}.`);
  }
  return { first: size, ...(after == null ? {} : { after }) };
}

function connectionOf({ entries, hasNextPage }: SessionPage, { sessions, caller }: GraphqlContext) {
  return {
    edges: entries.map(({ cursor, head }) => ({ cursor, node: listedSession(head, sessions, caller) })),
    pageInfo: {
      ...{ hasNextPage, hasPreviousPage: false },
      startCursor: entries[0]?.cursor ?? null,
      endCursor: entries.at(-1)?.cursor ?? null,
    },
  };
}

const complexity = ({ first }: Page) => ({
  ...{ field: COST.read, multiplier: Math.min(first ?? DEFAULT_FIRST, MAX_FIRST) },
});

const SessionSort = builder.enumType('SessionSort', {
  description: 'The order of a list of sessions.',
  values: {
    CHANGED: { value: 'change', description: 'Newest change first.' },
    NAME: { value: 'name', description: 'By name, whatever its case.' },
  } as const,
});

builder.queryField('sessions', (t) =>
  t.field({
    type: SessionConnection,
    authScopes: { signedIn: true },
    complexity,
    description: 'Your sessions, newest change first unless sorted otherwise. UNAUTHENTICATED without a token.',
    args: {
      first: t.arg.int({ defaultValue: DEFAULT_FIRST, description: `1 to ${MAX_FIRST}.` }),
      after: t.arg.string({ description: '`pageInfo.endCursor` of the page before, of the same search and order.' }),
      search: t.arg.string({
        description: 'Only sessions whose name contains this, whatever its case; at most 128 characters. Blank: all.',
      }),
      sort: t.arg({ type: SessionSort, defaultValue: 'change', description: 'The order.' }),
      owner: t.arg.id({ description: 'For admins: whose sessions. Absent: yours.' }),
    },
    resolve: async (_root, { owner, search, sort, ...page }, context) => {
      const { caller, sessions } = context;
      const request = { ...requestOf(page), sort: sort ?? 'change', search: search ?? '' };
      return connectionOf(await sessions.list(caller, owner ?? signedIn(caller).userId, request), context);
    },
  }),
);

builder.queryField('publicSessions', (t) =>
  t.field({
    type: SessionConnection,
    authScopes: { signedIn: true },
    complexity,
    description: 'For admins: all public sessions, in an order that stays.',
    args: {
      first: t.arg.int({ defaultValue: DEFAULT_FIRST, description: `1 to ${MAX_FIRST}.` }),
      after: t.arg.string({ description: '`pageInfo.endCursor` of the page before.' }),
    },
    resolve: async (_root, page, context) =>
      connectionOf(await context.sessions.listPublic(context.caller, requestOf(page)), context),
  }),
);
