import { NOW } from './now-script.ts';

/** An account is one hash. */
export const ACCOUNT_FIELDS = ['uid', 'passwordHash', 'role', 'generation', 'disabled', 'createdAt'] as const;

/** KEYS: account, reserved id. ARGV: uid, password hash, role. Answers `claimed`, `taken` or `reserved`. */
export const CLAIM_ACCOUNT = `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 'taken' end
  if redis.call('EXISTS', KEYS[2]) == 1 then return 'reserved' end
  ${NOW}
  redis.call('HSET', KEYS[1], 'uid', ARGV[1], 'passwordHash', ARGV[2], 'role', ARGV[3],
    'generation', 1, 'disabled', 0, 'createdAt', time)
  return 'claimed'
`;

/** KEYS: account. ARGV: uid, password hash expected or '', then fields and values. Answers 1, or 0 if it is another. */
export const CHANGE_ACCOUNT = `
  local at = redis.call('HMGET', KEYS[1], 'uid', 'passwordHash')
  if at[1] ~= ARGV[1] or (ARGV[2] ~= '' and at[2] ~= ARGV[2]) then return 0 end
  for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
  return 1
`;

/** KEYS: account, reserved id. ARGV: uid, milliseconds to reserve. Answers 1, or 0 if there was none. */
export const REMOVE_ACCOUNT = `
  if redis.call('HGET', KEYS[1], 'uid') ~= ARGV[1] then return 0 end
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[2], 1, 'PX', ARGV[2])
  return 1
`;
