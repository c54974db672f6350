import { Cluster, type Redis } from 'ioredis';
import type { Account, AccountStore, Role } from '../account-store.ts';
import { ACCOUNT_FIELDS, CHANGE_ACCOUNT, CLAIM_ACCOUNT, REMOVE_ACCOUNT } from './account-scripts.ts';
import { defineScript } from './define-script.ts';
import { ACCOUNT_KEYS, accountKey, reservedIdKey, userIdOf } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';
import type { FieldValues } from './session-hash.ts';

export function createRedisAccounts(commands: Redis | Cluster): AccountStore {
  const claimScript = defineScript(commands, 'rsvgClaimAccount', CLAIM_ACCOUNT);
  const changeScript = defineScript(commands, 'rsvgChangeAccount', CHANGE_ACCOUNT);
  const removeScript = defineScript(commands, 'rsvgRemoveAccount', REMOVE_ACCOUNT);

  const find: AccountStore['find'] = async (userId) =>
    decodeAccount(userId, await reading(commands.hmget(accountKey(userId), ...ACCOUNT_FIELDS)));

  return {
    find,

    async claim(userId, { uid, passwordHash, role }) {
      const keys = [accountKey(userId), reservedIdKey(userId)];
      return (await changing(claimScript(keys, [uid, passwordHash, role]))) as 'claimed' | 'taken' | 'reserved';
    },

    async change(userId, { uid, passwordHash = '' }, { disabled, ...change }) {
      const fields = { ...change, ...(disabled === undefined ? {} : { disabled: disabled ? 1 : 0 }) };
      const args = [uid, passwordHash, ...Object.entries(fields).flat()];
      return (await changing(changeScript([accountKey(userId)], args))) === 1;
    },

    async remove(userId, uid, reservedMs) {
      const keys = [accountKey(userId), reservedIdKey(userId)];
      return (await changing(removeScript(keys, [uid, reservedMs]))) === 1;
    },

    async *list() {
      const nodes = commands instanceof Cluster ? commands.nodes('master') : [commands];
      for (const node of nodes) {
        for await (const keys of node.scanStream({ match: ACCOUNT_KEYS, count: 1000 })) {
          for (const key of keys as string[]) {
            const account = await find(userIdOf(key));
            if (account !== null) yield account;
          }
        }
      }
    },
  };
}

function decodeAccount(userId: string, values: FieldValues): Account | null {
  const [uid, passwordHash, role, generation, disabled, createdAt] = values;
  if (uid == null || passwordHash == null) return null;
  return {
    ...{ userId, uid, passwordHash },
    role: role as Role,
    generation: Number(generation),
    disabled: disabled === '1',
    createdAt: Number(createdAt),
  };
}
