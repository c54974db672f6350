import './node-env.ts';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { createApp } from './app.ts';
import { ConfigError } from './config/config-error.ts';
import { type Invocation, readConfig } from './config/read-config.ts';
import type { Config } from './config/settings.ts';
import { Refusal } from './errors.ts';
import { greeting } from './greeting.ts';
import { openOperator } from './open-operator.ts';
import { operate } from './operate.ts';
import { operateKeys } from './operate-keys.ts';
import { terminalOf } from './terminal.ts';

// As --disable-proto=delete, for whoever starts this file without it: no chain of prototypes is changed by assignment.
Reflect.deleteProperty(Object.prototype, '__proto__');

/** How long, at least, /ready says no before the listener is closed, so that load balancers hear of it. */
const NOTICE_MS = 1000;

/** A shutdown that takes longer is cut short. */
const EXIT_WITHIN_MS = 9000;

async function serve(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const app = await createApp(config, log);

  async function end(signal: NodeJS.Signals) {
    // The next one ends the process by the system's own means: `process.exit` waits for threads that may be writing.
    process.off('SIGTERM', end).off('SIGINT', end);
    log.info({ signal }, 'shutting down');
    setTimeout(() => process.exit(0), EXIT_WITHIN_MS).unref();
    await Promise.all([app.drain(), delay(NOTICE_MS)]);
    await app.close();
    process.exit(0);
  }
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // Without TLS it ends the process, as anywhere.
  if (app.renewCertificate !== null) process.on('SIGHUP', app.renewCertificate);

  try {
    const bound = await app.http.listen({ host: config.host, port: config.port });
    const address = config.tlsCert === null ? bound : bound.replace(/^http:/, 'https:');
    process.stdout.write(greeting({ address, storage: app.storage, demo: config.demo }));
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The one line for what a person can mend, or null for a bug. */
function mend(error: NodeJS.ErrnoException, config: Config): string | null {
  if (error instanceof Refusal) return error.message;
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${config.port} on ${config.host} is taken; choose another with --port, or --port 0 for any free one.`;
    case 'EACCES':
      return `Not allowed to bind port ${config.port} on ${config.host}; choose another with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${config.host}; choose another with --host.`;
    default:
      return null;
  }
}

try {
  const invocation = readConfig({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd() });
  if (invocation.kind === 'serve') await attempt(invocation.config, serve);
  else if (invocation.kind === 'user' || invocation.kind === 'keys')
    await attempt(invocation.config, () => operateIn(invocation));
  else process.stdout.write(`${invocation.text}\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  fail(error.message);
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

/** Without a log: who types a command reads what it prints. */
async function operateIn(invocation: Extract<Invocation, { kind: 'user' | 'keys' }>): Promise<void> {
  // The first account may be there before the first start.
  const mayBegin = invocation.kind === 'user' && invocation.command.action === 'add';
  const { operator, keys, close } = await openOperator(invocation.config, pino({ level: 'silent' }), mayBegin);
  const terminal = terminalOf(process);
  try {
    if (invocation.kind === 'user') await operate(invocation.command, operator, terminal);
    else await operateKeys(invocation.command, keys, terminal);
  } finally {
    await close();
  }
}

async function attempt(config: Config, work: (config: Config) => Promise<void>): Promise<void> {
  try {
    await work(config);
  } catch (error) {
    const message = mend(error as NodeJS.ErrnoException, config);
    if (message === null) throw error;
    fail(message);
  }
}
