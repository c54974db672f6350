import type { Log } from '../log.ts';
import type { Storage } from '../storage/storage.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import type { Audit } from './audit.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { createDependents, type Dependents } from './dependents.ts';
import { createEndSignIns } from './end-sign-ins.ts';
import type { SignUp } from './entrance.ts';
import { type KeyEncryption, NOT_ENCRYPTED } from './key-encryption.ts';
import { createOperator } from './operator.ts';
import { createPasswords } from './passwords.ts';
import { NEVER_TOO_MANY, type RefusedTokens } from './refused-tokens.ts';
import { createRemoveAccount } from './remove-account.ts';
import { createRevocations, type Revocations } from './revocations.ts';
import { createSignIns, type SignIns } from './sign-ins.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createVerifyApiKey } from './verify-api-key.ts';

export interface IdentityDeps {
  readonly storage: Pick<Storage, 'accounts' | 'signIns' | 'apiKeys' | 'denials' | 'keys' | 'sessions'>;
  readonly signUp: SignUp;
  /** Default: signing keys are kept as they are. */
  readonly encryption?: KeyEncryption;
  /** Default: never too many. */
  readonly refusedTokens?: RefusedTokens;
  readonly audit: Audit;
  readonly log: Log;
}

/** Everything between a password and a caller, on one store. */
export interface Identity {
  readonly authenticate: Authenticate;
  readonly signIns: SignIns;
  readonly accounts: Accounts;
  readonly apiKeys: ApiKeys;
  readonly tokens: Tokens;
  readonly revocations: Revocations;
  readonly dependents: Dependents;
  readonly signingKeys: SigningKeys;
  close(): void;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { storage, signUp, refusedTokens = NEVER_TOO_MANY, audit, log } = deps;
  const passwords = createPasswords();
  const revocations = createRevocations(storage.denials, log);
  const { deny, deniesKey } = revocations;
  const { encryption = NOT_ENCRYPTED } = deps;
  const signingKeys = createSigningKeys({ store: storage.keys, encryption, isDenied: deniesKey, log });
  const dependents = createDependents(revocations);
  const tokens = createTokens(signingKeys, revocations, audit);
  const stores = { accounts: storage.accounts, apiKeyStore: storage.apiKeys, store: storage.signIns };
  const verify = createVerifyApiKey({
    ...{ store: storage.apiKeys, accounts: storage.accounts, revocations, refusedTokens, audit, log },
  });
  const apiKeys = createApiKeys({ store: storage.apiKeys, verify, revocations, audit });

  return {
    ...{ apiKeys, tokens, revocations, dependents, signingKeys },
    authenticate: createAuthenticate(tokens, apiKeys, audit),
    signIns: createSignIns({ ...stores, apiKeys, passwords, tokens, revocations, refusedTokens, signUp, audit }),
    accounts: createAccounts({
      ...{ accounts: storage.accounts, passwords, audit },
      end: createEndSignIns(storage.signIns, deny),
      removeAccount: createRemoveAccount({ ...storage, deny }),
      operator: createOperator({ ...storage, deny, passwords, audit }),
    }),
    close() {
      signingKeys.close();
      dependents.close();
      revocations.close();
    },
  };
}
