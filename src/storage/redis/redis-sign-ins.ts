import type { Cluster, Redis } from 'ioredis';
import type { SignInRecord, SignInStore } from '../sign-in-store.ts';
import { defineScript } from './define-script.ts';
import { answerKey, signInOrderKey, signInPrefix } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';
import type { FieldValues } from './session-hash.ts';
import { ADD_SIGN_IN, LIST_SIGN_INS, REMOVE_SIGN_INS, ROTATE_SIGN_IN, SIGN_IN_FIELDS } from './sign-in-scripts.ts';

export function createRedisSignIns(commands: Redis | Cluster): SignInStore {
  const addScript = defineScript(commands, 'rsvgAddSignIn', ADD_SIGN_IN);
  const rotateScript = defineScript(commands, 'rsvgRotateSignIn', ROTATE_SIGN_IN);
  const listScript = defineScript(commands, 'rsvgListSignIns', LIST_SIGN_INS);
  const removeScript = defineScript(commands, 'rsvgRemoveSignIns', REMOVE_SIGN_INS);

  return {
    async add({ uid, sid, userId, agent, tokenHash, familyHash, ttlMs }, max) {
      const prefix = signInPrefix(uid);
      const args = [prefix, sid, userId, tokenHash ?? '', familyHash ?? '', ttlMs, max];
      const whole = agent === null ? args : [...args, agent];
      return (await changing(addScript([signInOrderKey(uid), prefix + sid], whole))) as string[];
    },

    async rotate({ uid, sid, presentedHash, familyHash, nextHash, sealedAnswer, graceMs, ttlMs }) {
      const keys = [signInOrderKey(uid), signInPrefix(uid) + sid, answerKey(uid, sid, presentedHash)];
      const args = [sid, presentedHash, familyHash, nextHash, sealedAnswer, graceMs, ttlMs];
      const answer = (await changing(rotateScript(keys, args))) as RotationAnswer;
      if (answer[0] === 'unknown') return { is: 'unknown' };
      const signIn = decodeSignIn(uid, sid, answer[1]);
      return answer[0] === 'repeated' ? { is: 'repeated', signIn, sealedAnswer: answer[2] } : { is: answer[0], signIn };
    },

    async find(uid, sid) {
      const values = await reading(commands.hmget(signInPrefix(uid) + sid, ...SIGN_IN_FIELDS));
      return values[0] == null ? null : decodeSignIn(uid, sid, values);
    },

    async list(uid) {
      const found = (await reading(listScript([signInOrderKey(uid)], [signInPrefix(uid)]))) as [string, FieldValues][];
      return found.map(([sid, values]) => decodeSignIn(uid, sid, values));
    },

    async remove(uid, sids) {
      if (sids.length > 0) await changing(removeScript([signInOrderKey(uid)], [signInPrefix(uid), ...sids]));
    },
  };
}

type RotationAnswer =
  | ['unknown']
  | ['rotated' | 'reused', values: FieldValues]
  | ['repeated', values: FieldValues, sealed: string];

function decodeSignIn(uid: string, sid: string, values: FieldValues): SignInRecord {
  const [userId, createdAt, lastUsedAt, expiresAt, agent] = values;
  return {
    ...{ sid, uid, userId: userId ?? '', agent: agent ?? null },
    createdAt: Number(createdAt),
    lastUsedAt: Number(lastUsedAt),
    expiresAt: Number(expiresAt),
  };
}
