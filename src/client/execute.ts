import { requestError, unreachable } from './request-error.ts';

/** A query or mutation that carries its types, as GraphQL Code Generator writes it (`documentMode: 'string'`). */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  /** Never there; it holds the types. */
  readonly __apiType?: ((variables: Variables) => Result) | undefined;
}

/** None needed: the operation has no variables that must be there. */
export type VariablesOf<Variables> =
  Variables extends Record<PropertyKey, never> ? readonly [] : readonly [variables: Variables];

export interface ExecuteOptions {
  /** Of the GraphQL endpoint, for example `https://pictures.example/graphql`. */
  readonly url: string;
  /** The value of the `Authorization` header, asked for before each request; null: none. */
  readonly authorization: () => Promise<string | null>;
}

export interface Executed<Result> {
  readonly data: Result;
  /** Fields that were refused and stand as null in `data`. */
  readonly refused: readonly ReturnType<typeof requestError>[];
}

export type Execute = <Result, Variables>(
  document: TypedDocument<Result, Variables>,
  ...variables: VariablesOf<Variables>
) => Promise<Executed<Result>>;

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: Parameters<typeof requestError>[0];
}

/**
 * Queries and mutations by `fetch` (GraphQL over HTTP).
 *
 * @throws RequestError where the answer has no data; `UNREACHABLE` where there is no answer
 */
export function createExecute({ url, authorization }: ExecuteOptions): Execute {
  async function ask<Result>(body: string): Promise<Answer<Result>> {
    const token = await authorization();
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/graphql-response+json, application/json',
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: token }),
        },
        body,
        credentials: 'omit',
      });
      return (await response.json()) as Answer<Result>;
    } catch (error) {
      throw unreachable(error);
    }
  }

  return async <Result, Variables>(document: TypedDocument<Result, Variables>, ...rest: VariablesOf<Variables>) => {
    const query = document.toString();
    const { data, errors = [] } = await ask<Result>(JSON.stringify({ query, variables: rest[0] }));
    if (data === null || data === undefined) throw requestError(errors);
    return { data, refused: errors.map((error) => requestError([error])) };
  };
}
