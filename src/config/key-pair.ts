import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** A certificate with its chain, and the key of its first certificate, each in PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
  /** When the server's own certificate is valid: milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** A file, and how the setting that names it is called in messages: `--tls-cert`, `TLS_KEY in .env`. */
export interface NamedFile {
  readonly path: string;
  readonly where: string;
}

/** The pair, or what is wrong: each line names a setting and the mend, and shows nothing of what the files hold. */
export type ReadKeyPair =
  | { readonly keyPair: KeyPair; readonly mistakes: null }
  | { readonly keyPair: null; readonly mistakes: readonly string[] };

/** Reads both files and makes sure that a server can use them. An expired certificate is usable: clients judge it. */
export function readKeyPair(certFile: NamedFile, keyFile: NamedFile): ReadKeyPair {
  const mistakes: string[] = [];
  const take = <T>(file: NamedFile, parse: (text: string, name: string) => T | string): T | null => {
    const name = `${file.where} (${file.path})`;
    const text = read(file.path);
    const parsed = text.content === null ? `${name} ${text.mistake}` : parse(text.content, name);
    if (typeof parsed !== 'string') return parsed;
    mistakes.push(parsed);
    return null;
  };
  const own = take(certFile, parseCertificate);
  const secret = take(keyFile, parseKey);
  if (own === null || secret === null) return { keyPair: null, mistakes };
  const misfit = misfitOf(own, secret, certFile.where, keyFile.where);
  if (misfit !== null) return { keyPair: null, mistakes: [misfit] };
  const { validFrom, validTo } = own.certificate;
  const times = { validFrom: Date.parse(validFrom), validTo: Date.parse(validTo) };
  return { keyPair: { cert: own.pem, key: secret.pem, ...times }, mistakes: null };
}

const READ_MISTAKES = new Map([
  ['ENOENT', 'is not there; name a PEM file'],
  ['EACCES', 'may not be read; let the user that runs the server read it'],
  ['EISDIR', 'is a folder; name the PEM file in it'],
]);

function read(
  path: string,
): { readonly content: string; readonly mistake?: never } | { content: null; mistake: string } {
  try {
    return { content: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return { content: null, mistake: READ_MISTAKES.get(code) ?? `cannot be read: ${code}` };
  }
}

interface Certificate {
  readonly pem: string;
  readonly certificate: X509Certificate;
}

function parseCertificate(pem: string, name: string): Certificate | string {
  try {
    if (pem.includes('-----BEGIN ')) return { pem, certificate: new X509Certificate(pem) };
  } catch {
    // What OpenSSL says about it is for nobody who has to mend it.
  }
  const instead = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)
    ? ' but a private key; are the two files swapped?'
    : '';
  return `${name} holds no certificate in PEM form${instead || ', which begins with -----BEGIN CERTIFICATE-----'}`;
}

interface PrivateKey {
  readonly pem: string;
  readonly key: KeyObject;
}

function parseKey(pem: string, name: string): PrivateKey | string {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    return `${name} is encrypted; take the passphrase off: openssl pkey -in <encrypted> -out <plain>`;
  }
  try {
    return { pem, key: createPrivateKey(pem) };
  } catch {
    const instead = pem.includes('-----BEGIN CERTIFICATE-----') ? ' but a certificate; are the two files swapped?' : '';
    return `${name} holds no private key in PEM form${instead || ', which begins with -----BEGIN PRIVATE KEY-----'}`;
  }
}

function misfitOf(own: Certificate, secret: PrivateKey, certWhere: string, keyWhere: string): string | null {
  if (!own.certificate.checkPrivateKey(secret.key)) {
    return (
      `${keyWhere} is not the key of the certificate in ${certWhere}; take both from the same folder, and of several ` +
      "certificates in the file the server's own must be the first"
    );
  }
  try {
    createSecureContext({ cert: own.pem, key: secret.pem });
    return null;
  } catch (error) {
    const { reason = 'no reason given' } = error as { readonly reason?: string };
    return `${certWhere} and ${keyWhere} cannot be used for TLS: ${reason}; make new ones`;
  }
}
