import type { Operator } from './auth/accounts.ts';
import { createAudit } from './auth/audit.ts';
import { createDeny } from './auth/denial.ts';
import { keyEncryptionOf } from './auth/key-encryption.ts';
import { createKeyOperator, type KeyOperator } from './auth/key-operator.ts';
import { createOperator } from './auth/operator.ts';
import { createPasswords } from './auth/passwords.ts';
import type { Config } from './config/settings.ts';
import type { Log } from './log.ts';
import { openStorage } from './storage/open-storage.ts';

/** Opens the configured store for an operator, beside servers that run on it. @throws Refusal as the store does */
export async function openOperator(
  config: Pick<Config, 'redisUrl' | 'dataDir' | 'keyEncryptionKey' | 'keyEncryptionKeyPrevious'>,
  log: Log,
): Promise<{ readonly operator: Operator; readonly keys: KeyOperator; close(): Promise<void> }> {
  const { redisUrl, dataDir } = config;
  const storage = await openStorage({ redisUrl, dataDir, log });
  const { accounts, signIns, apiKeys, sessions } = storage;
  const deny = createDeny(storage.denials);
  return {
    operator: createOperator({
      ...{ accounts, signIns, apiKeys, sessions },
      deny,
      passwords: createPasswords(),
      audit: createAudit(log),
    }),
    keys: createKeyOperator({ store: storage.keys, deny, encryption: keyEncryptionOf(config) }),
    close: () => storage.close(),
  };
}
