import { resolve } from 'node:path';
import { z } from 'zod';
import { limitSettings } from './limit-settings.ts';
import { isLoopback } from './loopback.ts';
import { REDIS_URL_FORMS } from './redis-url.ts';
import { type Setting, setting } from './setting.ts';
import {
  bearerToken,
  bytes32,
  hostName,
  onOff,
  origins,
  path,
  proxies,
  redisUrl,
  webOrigin,
  wholeNumber,
} from './value-schemas.ts';

/**
 * The one table of settings; its keys are the keys of `Config` and of config.yaml.
 *
 * @param cwd where relative paths begin.
 */
export const settingsTable = (cwd: string) => ({
  host: setting({
    flag: 'host',
    env: 'HOST',
    meaning: 'Address to bind; 0.0.0.0 or :: binds all of them.',
    accepts: 'a host name or an IP address, without port',
    schema: hostName,
    fallback: '127.0.0.1',
  }),
  port: setting({
    flag: 'port',
    env: 'PORT',
    meaning: 'Port to bind; 0 takes any free one. The address bound is printed.',
    accepts: 'a whole number from 0 to 65535',
    schema: wholeNumber(0, 65_535),
    fallback: '3000',
  }),
  redisUrl: setting<string | null>({
    flag: 'redis-url',
    env: 'REDIS_URL',
    meaning: 'Redis that stores everything and connects the servers; unset: the embedded store.',
    accepts: REDIS_URL_FORMS,
    schema: redisUrl,
    fallback: null,
    secret: true,
  }),
  dataDir: setting({
    flag: 'data-dir',
    env: 'DATA_DIR',
    meaning: 'Folder of the embedded store, made if missing; :memory: keeps nothing.',
    accepts: 'a path, or :memory:',
    schema: path.transform((text) => (text === ':memory:' ? text : resolve(cwd, text))),
    fallback: './data',
  }),
  logLevel: setting({
    flag: 'log-level',
    env: 'LOG_LEVEL',
    meaning: 'Least level of log lines to print.',
    accepts: 'trace, debug, info, warn, error, fatal or silent',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    fallback: 'info',
  }),
  publicUrl: setting<string | null>({
    flag: 'public-url',
    env: 'PUBLIC_URL',
    meaning: 'How links in answers begin; unset: taken from each request.',
    accepts: 'http:// or https://, a host and perhaps a port; no path, for the pages stand at the root',
    schema: webOrigin,
    fallback: null,
  }),
  signup: setting({
    flag: 'signup',
    env: 'SIGNUP',
    meaning: 'Who gets an account: open, whoever signs in first with a free user id; closed, whom an operator adds.',
    accepts: 'open or closed',
    schema: z.enum(['open', 'closed']),
    fallback: 'open',
  }),
  publicSessions: setting({
    flag: 'public-sessions',
    env: 'PUBLIC_SESSIONS',
    meaning: 'Whether anonymous callers may create public sessions and change their args; off: only signed-in users.',
    accepts: 'on or off',
    schema: onOff,
    fallback: 'on',
  }),
  corsOrigins: setting({
    flag: 'cors-origins',
    env: 'CORS_ORIGINS',
    meaning: 'Web sites whose scripts may use the API.',
    accepts: '*, or origins such as https://example.com with commas between',
    schema: origins,
    fallback: '*',
  }),
  trustProxy: setting({
    flag: 'trust-proxy',
    env: 'TRUST_PROXY',
    meaning: 'Whose X-Forwarded-Proto, -Host and -For to believe: how many proxies in front, or their addresses.',
    accepts: 'off, a whole number from 0 to 99, or IP addresses and CIDR blocks with commas between',
    schema: proxies,
    fallback: 'off',
  }),
  tlsCert: setting<string | null>({
    flag: 'tls-cert',
    env: 'TLS_CERT',
    meaning: 'Certificate and chain for HTTPS, with HTTP/2 and HTTP/1.1 on the one port; unset: plain HTTP/1.1.',
    accepts: 'the path of a PEM file',
    schema: path.transform((text) => resolve(cwd, text)),
    fallback: null,
    needs: 'tlsKey',
  }),
  tlsKey: setting<string | null>({
    flag: 'tls-key',
    env: 'TLS_KEY',
    meaning: 'Private key of the certificate, without passphrase.',
    accepts: 'the path of a PEM file',
    schema: path.transform((text) => resolve(cwd, text)),
    fallback: null,
    needs: 'tlsCert',
  }),
  metrics: setting({
    flag: 'metrics',
    env: 'METRICS',
    meaning: 'Serves Prometheus metrics at /metrics; on an address that is not loopback only with METRICS_TOKEN.',
    accepts: 'on or off',
    schema: onOff,
    fallback: 'on',
  }),
  metricsToken: setting<string | null>({
    flag: 'metrics-token',
    env: 'METRICS_TOKEN',
    meaning: 'Who asks for /metrics must send it as Bearer; unset: anybody may, on a loopback address.',
    accepts: '16 or more letters, digits and -._~+/=',
    schema: bearerToken,
    fallback: null,
    secret: true,
  }),
  keyEncryptionKey: setting<Uint8Array | null>({
    flag: null,
    env: 'KEY_ENCRYPTION_KEY',
    meaning: 'Encrypts the private signing keys in the store; all servers and commands on it need the same.',
    accepts: '32 bytes in base64 or hexadecimal, as "openssl rand -base64 32" prints them',
    schema: bytes32,
    fallback: null,
    secret: true,
  }),
  keyEncryptionKeyPrevious: setting<Uint8Array | null>({
    flag: null,
    env: 'KEY_ENCRYPTION_KEY_PREVIOUS',
    meaning: 'While KEY_ENCRYPTION_KEY is replaced: the old one. What it encrypted is encrypted anew at the start.',
    accepts: 'as KEY_ENCRYPTION_KEY',
    schema: bytes32,
    fallback: null,
    secret: true,
    needs: 'keyEncryptionKey',
  }),
  demo: setting({
    flag: 'demo',
    env: 'DEMO',
    meaning: 'Keeps a demo session that moves each second.',
    accepts: 'on or off',
    schema: onOff,
    fallback: {
      inWords: 'on for the embedded store on a loopback address, else off',
      of: (known) => known.redisUrl === null && isLoopback(known.host),
    },
  }),
  ...limitSettings,
});

type SettingsTable = ReturnType<typeof settingsTable>;

type SettingName = keyof SettingsTable;

/** Every setting with its value. */
export type Config = {
  readonly [Name in SettingName]: SettingsTable[Name] extends Setting<infer T> ? T : never;
};

/** The default as the tables of settings show it. */
export function defaultInWords(entry: Setting<unknown>): string {
  if (entry.fallback === null) return 'unset';
  return typeof entry.fallback === 'string' ? entry.fallback : entry.fallback.inWords;
}
