import { createComplexityRule } from '@pothos/plugin-complexity';
import {
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  type ValidationContext,
  type ValidationRule,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { MAX_BREADTH, MAX_COMPLEXITY, MAX_DEPTH, SIGN_IN_FIELDS } from './limits.ts';

export interface OperationParams {
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Counts root fields, fragments included, each fragment's own count once however often it is spread within others. */
function createSignInCount(context: ValidationContext) {
  const counted = new Map<SelectionSetNode, number>();
  return function count(selections: SelectionSetNode): number {
    const known = counted.get(selections);
    if (known !== undefined) return known;
    let total = 0;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) total += SIGN_IN_FIELDS.has(selection.name.value) ? 1 : 0;
      else if (selection.kind === Kind.INLINE_FRAGMENT) total += count(selection.selectionSet);
      else total += count(context.getFragment(selection.name.value)?.selectionSet ?? { ...selections, selections: [] });
    }
    counted.set(selections, total);
    return total;
  };
}

/** One answer per operation to "is this the password?": otherwise aliases would make a list of guesses one request. */
const oneSignIn: ValidationRule = (context) => {
  const count = createSignInCount(context);
  return {
    OperationDefinition(node: OperationDefinitionNode) {
      if (count(node.selectionSet) > 1) {
        context.reportError(new GraphQLError('An operation holds at most one sign-in field.', { nodes: node }));
      }
      return false;
    },
  };
};

function withinLimits(params: OperationParams): ValidationRule {
  return createComplexityRule({
    context: {},
    variableValues: { ...params.variables },
    operationName: params.operationName ?? null,
    validate({ depth, breadth, complexity }, report) {
      const refuse = (what: string, is: number, max: number) =>
        report(new GraphQLError(`The operation ${what} ${is}; ${max} is the most. Ask for less, or in parts.`));
      if (depth > MAX_DEPTH) refuse('is nested to depth', depth, MAX_DEPTH);
      if (breadth > MAX_BREADTH) refuse('asks for fields and aliases numbering', breadth, MAX_BREADTH);
      if (complexity > MAX_COMPLEXITY) refuse('has the cost', complexity, MAX_COMPLEXITY);
    },
  });
}

/** Whether a field of it costs what its arguments say, which may come from variables. */
function costDependsOnArguments(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let depends = false;
  const enter = () => {
    depends = typeof types.getFieldDef()?.extensions.complexity === 'function';
    return depends ? BREAK : undefined;
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter } }));
  return depends;
}

/**
 * Tells what a valid document asks for too much of. The document must have passed graphql's own rules: no cycles remain.
 * What is within the limits whatever its variables is only looked at once.
 */
export function createLimitErrors(schema: GraphQLSchema) {
  /** The one operation of such documents; null: it depends. */
  const settled = new WeakMap<DocumentNode, OperationDefinitionNode | null>();

  function isSettled(document: DocumentNode, { operationName }: OperationParams): boolean {
    const operation = settled.get(document);
    return operation != null && (operationName == null || operationName === operation.name?.value);
  }

  return (document: DocumentNode, params: OperationParams): readonly GraphQLError[] => {
    if (isSettled(document, params)) return [];
    const errors = validate(schema, document, [oneSignIn, withinLimits(params)]);
    if (errors.length === 0 && !settled.has(document)) {
      settled.set(document, costDependsOnArguments(schema, document) ? null : (getOperationAST(document) ?? null));
    }
    return errors;
  };
}
