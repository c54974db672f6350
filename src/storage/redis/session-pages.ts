import { Cluster, type Redis } from 'ioredis';
import { formatCursor, formatNameCursor, formatOrderedCursor, parseCursor, parseOrderedCursor } from '../cursor.ts';
import { nameMatcher, orderNames } from '../name-order.ts';
import type { OwnerListRequest, SessionPage } from '../session-store.ts';
import { defineScript } from './define-script.ts';
import { memberOf, nameOf, ownedPrefix, ownerKeys, sessionKey } from './redis-keys.ts';
import { reading, unavailable } from './redis-refusal.ts';
import { LIST_SESSIONS } from './scripts.ts';
import { decodeHead, type FieldValues, HEAD_FIELDS } from './session-hash.ts';

/** How many sessions of a list are read at once. */
const LIST_BATCH = 200;

/** How many names of a list are looked through at once. */
const SEARCH_BATCH = 2000;

interface Candidate {
  readonly cursor: string;
  readonly name: string;
}

type Entry = SessionPage['entries'][number];

/** The lists of sessions in Redis. */
export function createSessionPages(commands: Redis | Cluster) {
  const listScript = defineScript(commands, 'rsvgListSessions', LIST_SESSIONS);

  /** Reads those that are left, until there are more than a page holds. */
  async function readHeads(owner: string | null, candidates: readonly Candidate[], wanted: number): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let from = 0; from < candidates.length && entries.length < wanted; from += LIST_BATCH) {
      const batch = candidates.slice(from, from + LIST_BATCH);
      const ids = batch.map(({ name }) => ({ owner, name }));
      const heads = await readFields(commands, ids.map(sessionKey), HEAD_FIELDS);
      for (const [at, { cursor, name }] of batch.entries()) {
        const values = heads[at];
        if (values?.[0] != null) entries.push({ cursor, head: decodeHead({ owner, name }, values) });
      }
    }
    return entries;
  }

  function pageOf(entries: readonly Entry[], first: number): SessionPage {
    return { entries: entries.slice(0, first), hasNextPage: entries.length > first };
  }

  async function byChange(owner: string, { first, after }: OwnerListRequest): Promise<SessionPage> {
    const before = after === undefined ? '' : parseCursor(after);
    const answer = await reading(listScript(ownerKeys(owner), [ownedPrefix(owner), before, first + 1]));
    const found = answer as [member: string, change: string, head: FieldValues][];
    const entries = found.map(([member, change, head]) => ({
      cursor: formatCursor(Number(change)),
      head: decodeHead({ owner, name: nameOf(member) }, head),
    }));
    return pageOf(entries, first);
  }

  /** In here and not in a script: Lua knows no case but that of ASCII. */
  async function search(owner: string, { first, after, search: wanted }: OwnerListRequest): Promise<SessionPage> {
    const [changes = ''] = ownerKeys(owner);
    const matches = nameMatcher(wanted);
    const entries: Entry[] = [];
    let max = after === undefined ? '+inf' : `(${parseCursor(after)}`;
    while (entries.length <= first) {
      const range = commands.zrevrangebyscore(changes, max, '-inf', 'WITHSCORES', 'LIMIT', 0, SEARCH_BATCH);
      const batch = await reading(range);
      if (batch.length === 0) break;
      const candidates: Candidate[] = [];
      for (let at = 0; at < batch.length; at += 2) {
        const change = batch[at + 1] ?? '';
        const name = nameOf(batch[at] ?? '');
        if (matches(name)) candidates.push({ cursor: formatCursor(Number(change)), name });
        max = `(${change}`;
      }
      entries.push(...(await readHeads(owner, candidates, first + 1 - entries.length)));
    }
    return pageOf(entries, first);
  }

  async function byName(owner: string, request: OwnerListRequest): Promise<SessionPage> {
    const last = request.after === undefined ? null : parseOrderedCursor(request.after);
    const [changes = ''] = ownerKeys(owner);
    const members = await reading(commands.zrange(changes, 0, -1));
    const names = orderNames(members.map(nameOf), request.search, last);
    const candidates = names.map((name) => ({ cursor: formatOrderedCursor(name), name }));
    return pageOf(await readHeads(owner, candidates, request.first + 1), request.first);
  }

  return {
    async ofOwner(owner: string, request: OwnerListRequest): Promise<SessionPage> {
      if (request.sort === 'name') return byName(owner, request);
      return request.search === undefined ? byChange(owner, request) : search(owner, request);
    },

    /** @param names of all public sessions, in order. @param last behind which to begin */
    async ofPublic(names: readonly string[], last: string, first: number): Promise<SessionPage> {
      const behind = names.filter((name) => memberOf(name) > last);
      const candidates = behind.map((name) => ({ cursor: formatNameCursor(name), name }));
      return pageOf(await readHeads(null, candidates, first + 1), first);
    },
  };
}

/** These fields of each key, in one round trip. */
export async function readFields(
  commands: Redis | Cluster,
  keys: readonly string[],
  fields: readonly string[],
): Promise<FieldValues[]> {
  if (commands instanceof Cluster) {
    // A pipeline of a cluster may not span slots: all is sent before anything is awaited.
    return reading(Promise.all(keys.map((key) => commands.hmget(key, ...fields))));
  }
  const pipeline = commands.pipeline();
  for (const key of keys) pipeline.hmget(key, ...fields);
  const answers = (await reading(pipeline.exec())) ?? [];
  return answers.map(([error, values]) => {
    if (error !== null) throw unavailable('', error);
    return values as FieldValues;
  });
}
