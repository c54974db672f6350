import type { Cluster, Redis } from 'ioredis';
import type { ApiKeyRecord, ApiKeyStore } from '../api-key-store.ts';
import {
  ADD_API_KEY,
  API_KEY_FIELDS,
  LIST_API_KEYS,
  REMOVE_API_KEY,
  REMOVE_API_KEYS,
  USE_API_KEY,
} from './api-key-scripts.ts';
import { defineScript } from './define-script.ts';
import { apiKeyOrderKey, apiKeyPrefix } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';
import type { FieldValues } from './session-hash.ts';

export function createRedisApiKeys(commands: Redis | Cluster): ApiKeyStore {
  const addScript = defineScript(commands, 'rsvgAddApiKey', ADD_API_KEY);
  const listScript = defineScript(commands, 'rsvgListApiKeys', LIST_API_KEYS);
  const useScript = defineScript(commands, 'rsvgUseApiKey', USE_API_KEY);
  const removeScript = defineScript(commands, 'rsvgRemoveApiKey', REMOVE_API_KEY);
  const removeAllScript = defineScript(commands, 'rsvgRemoveApiKeys', REMOVE_API_KEYS);

  const keysOf = (uid: string, keyId: string) => [apiKeyOrderKey(uid), apiKeyPrefix(uid) + keyId];

  return {
    async add({ uid, keyId, userId, name, secretHash, pushOnly, expiresAt }, max) {
      const fields = ['userId', userId, 'name', name, 'secretHash', secretHash];
      if (pushOnly !== null) fields.push('pushOnly', JSON.stringify(pushOnly));
      if (expiresAt !== null) fields.push('expiresAt', String(expiresAt));
      const args = [apiKeyPrefix(uid), keyId, max, expiresAt ?? '', ...fields];
      return (await changing(addScript(keysOf(uid, keyId), args))) === 1;
    },

    async find(uid, keyId) {
      const values = await reading(commands.hmget(apiKeyPrefix(uid) + keyId, ...API_KEY_FIELDS));
      return values[0] == null ? null : decodeApiKey(uid, keyId, values);
    },

    async list(uid) {
      const found = (await reading(listScript([apiKeyOrderKey(uid)], [apiKeyPrefix(uid)]))) as [string, FieldValues][];
      return found.map(([keyId, values]) => decodeApiKey(uid, keyId, values));
    },

    async used(uid, keyId) {
      await changing(useScript([apiKeyPrefix(uid) + keyId], []));
    },

    async remove(uid, keyId) {
      return (await changing(removeScript(keysOf(uid, keyId), [keyId]))) === 1;
    },

    async removeAll(uid) {
      await changing(removeAllScript([apiKeyOrderKey(uid)], [apiKeyPrefix(uid)]));
    },
  };
}

function decodeApiKey(uid: string, keyId: string, values: FieldValues): ApiKeyRecord {
  const [userId, name, secretHash, pushOnly, expiresAt, createdAt, lastUsedAt] = values;
  return {
    ...{ keyId, uid, userId: userId ?? '', name: name ?? '', secretHash: secretHash ?? '' },
    pushOnly: pushOnly == null ? null : JSON.parse(pushOnly),
    expiresAt: expiresAt == null ? null : Number(expiresAt),
    createdAt: Number(createdAt),
    lastUsedAt: lastUsedAt == null ? null : Number(lastUsedAt),
  };
}
