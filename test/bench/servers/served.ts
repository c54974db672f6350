/** Every server of a benchmark, ours among them, as the load meets it. `{session}` stands for the session's name. */
export interface Served {
  /** Whose CPU time and memory count. */
  readonly pids: readonly number[];
  readonly port: number;
  readonly viewing: Viewing;
  readonly updating: Updating;
  stop(): Promise<void>;
}

export interface Viewing {
  /** What a viewer writes, each as soon as what it waits for has come. */
  readonly says: readonly { readonly after: string; readonly latin1: string }[];
  readonly webSocket: boolean;
}

export interface Updating {
  /** Over graphql-transport-ws instead of one request each. */
  readonly webSocket?: true;
  readonly port: number;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * `svg`: the picture itself; `publish`: a GraphQL mutation with it; `args` and `mutation`: what the template of ours
   * makes the same picture of, for REST and for GraphQL.
   */
  readonly body: 'svg' | 'publish' | 'args' | 'mutation';
}

export interface Contender {
  readonly name: string;
  readonly ours: boolean;
  /** null: not installed here. */
  start(): Promise<Served | null>;
}

export function getRequest(path: string, headers: readonly string[] = []): string {
  return [`GET ${path} HTTP/1.1`, 'Host: bench', ...headers, '', ''].join('\r\n');
}
