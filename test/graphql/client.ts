interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

/** What came back over HTTP. `data` is loose: each test knows what it asked for. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the test's own query
  readonly data: any;
  readonly errors: readonly GraphqlError[] | undefined;
  /** `extensions.code` of each error. */
  readonly codes: readonly string[];
}

export async function readAnswer(response: Response): Promise<Answer> {
  const { data, errors } = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
  const codes = (errors ?? []).map(({ extensions }) => extensions.code);
  return { status: response.status, headers: response.headers, data, errors, codes };
}

export type Client = (query: string, variables?: object, operationName?: string) => Promise<Answer>;

/** POSTs operations as JSON. @param token access token; absent: anonymous */
export function createClient(url: string, token?: string, accept = 'application/graphql-response+json'): Client {
  return async (query, variables, operationName) =>
    readAnswer(
      await fetch(url, {
        method: 'POST',
        headers: { accept, 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables, operationName }),
      }),
    );
}

export const TEMPLATE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">{{ price }}</text></svg>';

export const CREATE = `mutation ($input: CreateSessionInput!) {
  createSession(input: $input) {
    id name owner { id } template args version createdAt updatedAt expiresAt streamUrl warnings
    frame { sessionId version etag svg renderedAt }
  }
}`;

export const UPDATE = `mutation ($input: UpdateSessionInput!) {
  updateSession(input: $input) { id version args template expiresAt updatedAt frame { version svg } }
}`;

export const DELETE = 'mutation ($id: ID!) { deleteSession(id: $id) }';
