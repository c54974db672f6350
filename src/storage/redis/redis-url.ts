import { Refusal } from '../../errors.ts';

interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, as one URL says it. */
export interface RedisTarget {
  readonly kind: 'server' | 'cluster' | 'sentinel';
  /** One server, some nodes of a cluster, or the sentinels. */
  readonly nodes: readonly [RedisNode, ...RedisNode[]];
  /** The name under which the sentinels know the master; null unless `kind` is `sentinel`. */
  readonly masterName: string | null;
  /** 0 for a cluster, which has no other. */
  readonly db: number;
  readonly username: string | null;
  readonly password: string | null;
  readonly tls: boolean;
}

const FORMS =
  'redis://[user:password@]host[:port][/db], rediss:// for TLS, several nodes separated by commas for a Redis Cluster, ' +
  'or redis+sentinel://host[:port],host[:port]/master-name[/db]';

const PART =
  /^(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<host>\[[0-9a-f:.]+\]|[^:@/?#[\]\s]+)(?::(?<port>\d+))?(?<path>\/[^?#\s]*)?$/i;

/**
 * Reads `redis://`, `rediss://` (several comma-separated nodes are a cluster; later ones may leave out scheme and
 * credentials) and `redis+sentinel://h1,h2/mymaster/0`. What is special in a user name or password (`, @ / :`) is
 * percent-encoded. Default ports: 6379, sentinels 26379. The credentials are the servers', not the sentinels'.
 *
 * @throws Refusal BAD_USER_INPUT; the message never repeats the URL, which may hold a password.
 */
export function parseRedisUrl(url: string): RedisTarget {
  const scheme = /^(rediss?|redis\+sentinel):\/\//.exec(url);
  if (scheme === null) throw refuse('begins with no known scheme');
  const parts = url.split(',').map((part) => parsePart(part.trim(), scheme[0]));
  const [first, ...more] = parts;
  if (first === undefined) throw refuse('names no host');

  const sentinel = scheme[1] === 'redis+sentinel';
  const port = sentinel ? 26379 : 6379;
  const nodeOf = (part: Part): RedisNode => ({ host: part.host, port: part.port ?? port });
  const path = (parts.find((part) => part.path.length > 0)?.path ?? []) as readonly string[];
  const [masterName = null, ...afterName] = sentinel ? path : [null, ...path];
  const kind = sentinel ? 'sentinel' : more.length > 0 ? 'cluster' : 'server';
  if (sentinel && masterName === null) throw refuse('does not name the master');
  if (afterName.length > 1) throw refuse('has too long a path');
  const db = parseDb(afterName[0] ?? '0');
  if (kind === 'cluster' && db !== 0) throw refuse('names a database, but a cluster has only database 0');

  return {
    kind,
    nodes: [nodeOf(first), ...more.map(nodeOf)],
    masterName,
    db,
    username: parts.find((part) => part.username !== null)?.username ?? null,
    password: parts.find((part) => part.password !== null)?.password ?? null,
    tls: scheme[1] === 'rediss',
  };
}

/** For people and logs: no user, no password. */
export function describeTarget({ kind, nodes, masterName, db, tls }: RedisTarget): string {
  const addresses = nodes.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(', ');
  const suffix = `${db === 0 ? '' : `, database ${db}`}${tls ? ', over TLS' : ''}`;
  if (kind === 'cluster') return `Redis Cluster at ${addresses}${suffix}`;
  if (kind === 'sentinel') return `Redis "${masterName}" behind the sentinels ${addresses}${suffix}`;
  return `Redis at ${addresses}${suffix}`;
}

interface Part {
  readonly username: string | null;
  readonly password: string | null;
  readonly host: string;
  readonly port: number | null;
  readonly path: readonly string[];
}

function parsePart(text: string, scheme: string): Part {
  const found = PART.exec(text.startsWith(scheme) ? text.slice(scheme.length) : text)?.groups;
  if (found === undefined)
    throw refuse('has a part that is no host; "," "@" "/" ":" in a password are percent-encoded');
  const { user = '', password, host = '', port, path = '' } = found;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) throw refuse('has a port that is none');
  return {
    username: user === '' ? null : decode(user),
    password: password === undefined || password === '' ? null : decode(password),
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? null : Number(port),
    path: path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decode),
  };
}

function parseDb(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw refuse('has a database that is no number');
  return Number(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('has a "%" that begins no percent-encoding');
  }
}

function refuse(why: string): Refusal {
  return new Refusal('BAD_USER_INPUT', `The Redis URL ${why}; it may be ${FORMS}.`);
}
