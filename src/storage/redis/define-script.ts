import type { Cluster, Redis } from 'ioredis';

/** @returns Lua's tables as arrays, its texts as UTF-8. */
export type Script = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/** A Lua script that runs in one round trip by its SHA-1; ioredis sends its text only to a server that lacks it. */
export function defineScript(client: Redis | Cluster, name: string, lua: string): Script {
  client.defineCommand(name, { lua });
  const run = Reflect.get(client, name) as (...args: readonly (string | number)[]) => Promise<unknown>;
  return (keys, args) => run.call(client, keys.length, ...keys, ...args);
}
