import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { signedIn } from '../auth/caller.ts';
import { maySeeSource, mayWrite, type Touched } from '../auth/may-write.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { parseSessionId, type SessionId } from '../sessions/session-id.ts';
import type { GraphqlContext } from './context.ts';

interface SchemaTypes {
  Context: GraphqlContext;
  Scalars: {
    ID: { Input: string; Output: string };
    JSON: { Input: JsonValue; Output: JsonValue };
    JSONObject: { Input: JsonObject; Output: JsonObject };
    DateTime: { Input: number; Output: number };
  };
  AuthScopes: {
    signedIn: boolean;
    mayWrite: { readonly id: string; readonly touched: Touched };
    maySeeSource: SessionId;
  };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
}

/** Types and their queries add themselves to it, each in its own file; `schema.ts` gathers them. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, RelayPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  // The limits are a validation rule: here they would be checked again while the operation already runs.
  complexity: { disabled: true, defaultListMultiplier: 1 },
  relay: {
    cursorType: 'String',
    edgesFieldOptions: { nullable: false, description: 'In the order of the list.' },
    nodeFieldOptions: { nullable: false, description: 'The session.' },
    cursorFieldOptions: { description: 'Opaque. Give it as `after` to go on behind this one.' },
    pageInfoFieldOptions: { description: 'Where this page lies in the list.' },
    pageInfoTypeOptions: { description: 'Where a page lies in its list (Relay cursor connection).' },
    hasNextPageFieldOptions: { description: 'Whether more follow.' },
    hasPreviousPageFieldOptions: { description: 'Always false: the list is read forward only.' },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last edge, the `after` of the next page; null on an empty page.',
    },
  },
  scopeAuth: {
    // Each scope throws the refusal itself, for it knows whether signing in could help.
    authScopes: ({ caller }) => ({
      signedIn: () => signedIn(caller) !== null,
      mayWrite: ({ id, touched }) => {
        mayWrite(caller, parseSessionId(id), touched);
        return true;
      },
      maySeeSource: (id) => {
        if (maySeeSource(caller, id)) return true;
        throw new Refusal('FORBIDDEN', 'Only the owner of a session sees its template, args and warnings.');
      },
    }),
  },
});
