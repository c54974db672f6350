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

/**
 * Opens the configured store for an operator, beside servers that run on it. What is done in a new one by mistake would look
 * as if it were done.
 *
 * @param mayBegin the embedded store is made where there is none
 * @throws Refusal as the store does
 */
export async function openOperator(
  config: Pick<Config, 'redisUrl' | 'dataDir' | 'keyEncryptionKey' | 'keyEncryptionKeyPrevious'>,
  log: Log,
  mayBegin = false,
): Promise<{ readonly operator: Operator; readonly keys: KeyOperator; close(): Promise<void> }> {
  const { redisUrl, dataDir } = config;
  const storage = await openStorage({ redisUrl, dataDir, mayBegin, log });
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
