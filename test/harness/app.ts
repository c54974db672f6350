import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { Config } from '../../src/config/settings.ts';

export interface RunningApp {
  /** `http://127.0.0.1:<port>`; with a certificate `https://…` */
  readonly url: string;
  readonly port: number;
  /** Every log line so far, as text. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** The defaults that a test wants: nothing kept, no demo unless asked for. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  const invocation = readConfig({
    argv: ['--data-dir', ':memory:', '--demo', 'off', '--rate-limits', 'off'],
    env: {},
    cwd: '/nowhere',
  });
  if (invocation.kind !== 'serve') throw new Error('the test configuration does not serve');
  return { ...invocation.config, ...overrides };
}

/** The whole app, listening on a free port of loopback. */
export async function runApp(overrides: Partial<Config> = {}): Promise<RunningApp> {
  const log: string[] = [];
  const app = await createApp(testConfig(overrides), pino({ level: 'debug' }, { write: (line) => log.push(line) }));
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as AddressInfo;
  const scheme = overrides.tlsCert ? 'https' : 'http';
  return { url: `${scheme}://127.0.0.1:${port}`, port, log, close: app.close };
}

/** As `runApp`, closed when the current test ends. */
export async function appForTest(overrides: Partial<Config> = {}): Promise<RunningApp> {
  const app = await runApp(overrides);
  onTestFinished(app.close);
  return app;
}
