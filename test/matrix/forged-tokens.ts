import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

const encode = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);
const good = (): Json => ({
  ...{ sub: 'alice', iss: 'realtime-svg', iat: now(), exp: now() + 600, jti: randomUUID() },
  ...{ uid: 'alices', gen: 1, sid: 'her-sign-in', role: 'user' },
});

function rs256(claims: Json, key: KeyObject, header: Json = {}): string {
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', ...header })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function hs256(claims: Json, secret: string | Buffer): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const without = (name: string) => ({ ...good(), [name]: undefined });

/** Flips the lowest bit of a character's six: the text stays base64url. */
function flipped(token: string, part: 0 | 1 | 2): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const parts = token.split('.');
  const text = parts[part] ?? '';
  const middle = text.length >> 1;
  parts[part] = text.slice(0, middle) + alphabet[alphabet.indexOf(text.charAt(middle)) ^ 1] + text.slice(middle + 1);
  return parts.join('.');
}

/** Authorization values that speak for alice, had they not one flaw each. `key` is the server's own private key. */
export const FORGERIES = {
  'alg none, unsigned': () => `Bearer ${encode({ alg: 'none' })}.${encode(good())}.`,
  'alg none, our signature': (key) => {
    const [, claims, signature] = rs256(good(), key).split('.');
    return `Bearer ${encode({ alg: 'none' })}.${claims}.${signature}`;
  },
  'HS256 signed with the public key as PEM': (key) => {
    const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' });
    return `Bearer ${hs256(good(), pem)}`;
  },
  'HS256 signed with the public key as DER': (key) =>
    `Bearer ${hs256(good(), createPublicKey(key).export({ type: 'spki', format: 'der' }))}`,
  'HS256 signed with the modulus': (key) =>
    `Bearer ${hs256(good(), Buffer.from(String(createPublicKey(key).export({ format: 'jwk' }).n), 'base64url'))}`,
  'another issuer': (key) => `Bearer ${rs256({ ...good(), iss: 'realtime-svg.example' }, key)}`,
  'no issuer': (key) => `Bearer ${rs256(without('iss'), key)}`,
  'no subject': (key) => `Bearer ${rs256(without('sub'), key)}`,
  'a subject that is no text': (key) => `Bearer ${rs256({ ...good(), sub: ['alice'] }, key)}`,
  'no expiry': (key) => `Bearer ${rs256(without('exp'), key)}`,
  'no time of issue': (key) => `Bearer ${rs256(without('iat'), key)}`,
  'another key': () => `Bearer ${rs256(good(), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)}`,
  'another key, brought along in the header': () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return `Bearer ${rs256(good(), privateKey, { jwk: publicKey.export({ format: 'jwk' }) })}`;
  },
  'a critical header that nobody knows': (key) => `Bearer ${rs256(good(), key, { crit: ['x'], x: 1 })}`,
  'a kid that is a path': (key) => `Bearer ${rs256(good(), key, { kid: '../../../../dev/null' })}`,
  'a kid that is a query': (key) => `Bearer ${rs256(good(), key, { kid: "' UNION SELECT 'key" })}`,
  'a huge kid': (key) => `Bearer ${rs256(good(), key, { kid: 'k'.repeat(8000) })}`,
  expired: (key) => `Bearer ${rs256({ ...good(), iat: now() - 600, exp: now() - 1 }, key)}`,
  'not yet valid by nbf': (key) => `Bearer ${rs256({ ...good(), nbf: now() + 300 }, key)}`,
  'issued in the future': (key) => `Bearer ${rs256({ ...good(), iat: now() + 300 }, key)}`,
  'cut by one character': (key) => `Bearer ${rs256(good(), key).slice(0, -1)}`,
  'cut behind the claims': (key) => `Bearer ${rs256(good(), key).split('.').slice(0, 2).join('.')}`,
  'one bit flipped in the header': (key) => `Bearer ${flipped(rs256(good(), key), 0)}`,
  'one bit flipped in the claims': (key) => `Bearer ${flipped(rs256(good(), key), 1)}`,
  'one bit flipped in the signature': (key) => `Bearer ${flipped(rs256(good(), key), 2)}`,
  'no token behind Bearer': () => 'Bearer ',
  'another scheme': () => 'Basic YWxpY2U6cGFzcyB3b3Jk',
  'two tokens': (key) => `Bearer ${rs256(good(), key)} ${rs256(good(), key)}`,
} satisfies Record<string, (key: KeyObject) => string>;

export type Forgery = keyof typeof FORGERIES;

/** The one among them without a flaw: else all the others might be refused for another reason. */
export const genuine = (key: KeyObject) => `Bearer ${rs256(good(), key)}`;

/** @param record the private JWK as the store keeps it */
export function privateKeyOf(record: string): KeyObject {
  return createPrivateKey({ format: 'jwk', key: JSON.parse(record) });
}
