import type { Operator } from './auth/accounts.ts';
import { createAudit } from './auth/audit.ts';
import { createDeny } from './auth/denial.ts';
import { createOperator } from './auth/operator.ts';
import { createPasswords } from './auth/passwords.ts';
import type { Config } from './config/settings.ts';
import type { Log } from './log.ts';
import { openStorage } from './storage/open-storage.ts';

/** Opens the configured store for an operator, beside servers that run on it. @throws Refusal as the store does */
export async function openOperator(
  { redisUrl, dataDir }: Pick<Config, 'redisUrl' | 'dataDir'>,
  log: Log,
): Promise<{ readonly operator: Operator; close(): Promise<void> }> {
  const storage = await openStorage({ redisUrl, dataDir, log });
  const { accounts, signIns, apiKeys, sessions, denials } = storage;
  return {
    operator: createOperator({
      ...{ accounts, signIns, apiKeys, sessions },
      deny: createDeny(denials),
      passwords: createPasswords(),
      audit: createAudit(log),
    }),
    close: () => storage.close(),
  };
}
