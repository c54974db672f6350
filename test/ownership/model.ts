/** What ownership means, in as few lines as it takes: the sessions there are, each with its last args. */
export function createModel() {
  const sessions = new Map<string, { owner: string | null; name: string; n: number; change: number }>();
  const key = (owner: string | null, name: string) => JSON.stringify([owner, name]);
  let changes = 0;
  return {
    find: (owner: string | null, name: string) => sessions.get(key(owner, name)),
    put: (owner: string | null, name: string, n: number) =>
      void sessions.set(key(owner, name), { owner, name, n, change: ++changes }),
    remove: (owner: string | null, name: string) => sessions.delete(key(owner, name)),
    newestFirst: (owner: string) =>
      [...sessions.values()].filter((it) => it.owner === owner).sort((a, b) => b.change - a.change),
  };
}
