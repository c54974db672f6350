import { formatSessionId, parseSessionId } from '../../sessions/session-id.ts';
import { builder } from '../builder.ts';
import { COST } from '../limits.ts';

builder.mutationField('deleteSession', (t) =>
  t.field({
    type: 'ID',
    complexity: COST.write,
    authScopes: (_root, { id }) => ({ mayWrite: { id, touched: 'existence' } }),
    description: 'Ends a session you own and the streams of all its viewers. Returns its id.',
    args: { id: t.arg.id({ required: true, description: '`owner/name`.' }) },
    resolve: async (_root, args, { caller, sessions }) => {
      const id = parseSessionId(args.id);
      await sessions.delete(caller, id, null);
      return formatSessionId(id);
    },
  }),
);
