import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';
import { failedStart } from '../harness/server-process.ts';

const files = pemFolder();
afterAll(files.remove);

const good = makeSelfSigned();
const other = makeSelfSigned();
const weak = generateKeyPairSync('rsa', { modulusLength: 512 });
const pem = {
  cert: files.write('cert.pem', good.cert),
  key: files.write('key.pem', good.key),
  otherKey: files.write('other-key.pem', other.key),
  encrypted: files.write(
    'encrypted.pem',
    good.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pass word' }) as string,
  ),
  oldEncrypted: files.write(
    'old-encrypted.pem',
    weak.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pass word' }) as string,
  ),
  text: files.write('text.pem', 'this is no PEM'),
  cut: files.write('cut.pem', good.cert.slice(0, 200)),
  cutKey: files.write('cut-key.pem', good.key.slice(0, 100)),
  expired: files.write('expired.pem', makeSelfSigned({ to: new Date(2020, 1) }).cert),
  empty: files.write('empty.pem', ''),
};

function mistakes(...argv: readonly string[]): readonly string[] {
  try {
    readConfig({ argv, env: {}, cwd: '/nowhere' });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

describe('certificate and key', () => {
  it('are taken when they belong together', () => {
    expect(mistakes('--tls-cert', pem.cert, '--tls-key', pem.key)).toEqual([]);
  });

  it.each([
    [['--tls-cert', pem.cert], '--tls-cert is set but --tls-key (TLS_KEY) is not; set both, or neither'],
    [['--tls-key', pem.key], '--tls-key is set but --tls-cert (TLS_CERT) is not; set both, or neither'],
  ])('alone are half of it: %j', (argv, mistake) => {
    expect(mistakes(...argv)).toEqual([mistake]);
  });

  it('are reported in one message with every other mistake, by the place where they are written', () => {
    const env = { TLS_CERT: 'none.pem', TLS_KEY: pem.text, PORT: 'x' };
    expect(() => readConfig({ argv: [], env, cwd: '/nowhere' })).toThrowError(
      new ConfigError([
        'PORT is "x"; it may be a whole number from 0 to 65535',
        'TLS_CERT (/nowhere/none.pem) is not there; name a PEM file',
        `TLS_KEY (${pem.text}) holds no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----`,
      ]),
    );
  });

  it.each([
    ['a folder', '/', pem.key, /^--tls-cert \(\/\) is a folder; name the PEM file in it$/],
    ['no PEM', pem.text, pem.key, /^--tls-cert .* holds no certificate in PEM form, which begins with/],
    ['an empty file', pem.empty, pem.key, /^--tls-cert .* holds no certificate in PEM form, which begins with/],
    ['a certificate that was cut', pem.cut, pem.key, /^--tls-cert .* holds no certificate in PEM form/],
    ['a key as certificate', pem.key, pem.key, /^--tls-cert .* but a private key; are the two files swapped\?$/],
    ['a certificate as key', pem.cert, pem.cert, /^--tls-key .* but a certificate; are the two files swapped\?$/],
    ['a key that was cut', pem.cert, pem.cutKey, /^--tls-key .* holds no private key in PEM form/],
    ['an encrypted key', pem.cert, pem.encrypted, /^--tls-key .* is encrypted; take the passphrase off: openssl pkey/],
    ['a key encrypted the old way', pem.cert, pem.oldEncrypted, /^--tls-key .* is encrypted; take the passphrase off/],
    [
      'the key of another certificate',
      pem.cert,
      pem.otherKey,
      /^--tls-key is not the key of the certificate in --tls-c/,
    ],
    ['a key for an expired certificate of another', pem.expired, pem.key, /^--tls-key is not the key of/],
  ])('are refused: %s', (_what, cert, key, message) => {
    const found = mistakes('--tls-cert', cert, '--tls-key', key);
    expect(found).toEqual([expect.stringMatching(message)]);
    const secrets = [good.key, other.key, good.cert].flatMap((text) => text.split('\n').slice(1, -2));
    for (const line of secrets) expect(found.join()).not.toContain(line.slice(0, 20));
  });
});

it('a start with the wrong key ends with code 1 and the sentence, without a stack', async () => {
  const { exit, output } = await failedStart('--port', '0', '--tls-cert', pem.cert, '--tls-key', pem.otherKey);
  expect(exit).toBe(1);
  expect(output).toContain('--tls-key is not the key of the certificate in --tls-cert');
  expect(output).not.toMatch(/^ +at /m);
});
