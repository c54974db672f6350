import type { Ask, Case } from '../case.ts';
import { FORGERIES, type Forgery } from '../forged-tokens.ts';

const push = (id: string): Ask => ({ do: 'push', id, args: '{"n":"x"}' });
const READ_FIELD = 200;
const NO_DELETE = { cannot: 'there is no such route' };

/** Who asks: with which token, for whose session. */
export const CALLERS: readonly Case[] = [
  ...(Object.keys(FORGERIES) as Forgery[]).flatMap((as): Case[] => {
    const bad = { as, code: 'UNAUTHENTICATED', 'GraphQL over HTTP': 401, 'GraphQL over WebSocket': 4403 } as const;
    return [
      { what: `a token ${as}, for her own session`, ask: push('alice/kept'), ...bad },
      { what: `a token ${as}, where none is needed`, ask: push('kept'), ...bad },
    ];
  }),
  { what: 'nobody writes to an owned session', ask: push('alice/kept'), as: 'nobody', code: 'UNAUTHENTICATED' },
  {
    what: 'nobody merges into it',
    ask: { ...push('alice/kept'), do: 'merge' } as Ask,
    as: 'nobody',
    code: 'UNAUTHENTICATED',
  },
  { what: 'nobody deletes it', ask: { do: 'delete', id: 'alice/kept' }, as: 'nobody', code: 'UNAUTHENTICATED' },
  { what: 'somebody else writes to it', ask: push('alice/kept'), as: 'mallory', code: 'FORBIDDEN' },
  { what: 'somebody else deletes it', ask: { do: 'delete', id: 'alice/kept' }, as: 'mallory', code: 'FORBIDDEN' },
  {
    what: 'somebody else reads its template',
    ask: { do: 'read', id: 'alice/kept' },
    as: 'mallory',
    code: 'FORBIDDEN',
    'GraphQL over HTTP': READ_FIELD,
  },
  { what: 'a public session is deleted', ask: { do: 'delete', id: 'kept' }, code: 'FORBIDDEN', REST: NO_DELETE },
  {
    what: 'somebody else writes what his owner has not',
    ask: push('alice/nothing'),
    as: 'mallory',
    code: 'FORBIDDEN',
  },
];
