import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** All that it printed so far. */
  output(): string;
  /** Sends a signal that ends nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal and waits for the end. @returns exit code, or the signal that ended it */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? child.signalCode);
  return once(child, 'exit').then(([code, signal]) => code ?? signal);
}

function spawnServer(args: readonly string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], { stdio: 'pipe' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  return { child, output: () => text };
}

/** A server in a process of its own, as a user starts it, once it says that it is running. */
export async function startServer(...args: readonly string[]): Promise<ServerProcess> {
  const { child, output } = spawnServer(['--port', '0', ...args]);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, found] = /Address +(https?:\/\/[^:]+:\d+)\//.exec(output()) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the server ended: ${output()}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    output,
    signal: (signal) => void child.kill(signal),
    async kill(signal) {
      child.kill(signal);
      return exitOf(child);
    },
  };
}

/** Starts a server that is expected to give up. */
export async function failedStart(...args: readonly string[]): Promise<{ exit: unknown; output: string }> {
  const { child, output } = spawnServer(args);
  const exit = await exitOf(child);
  return { exit, output: output() };
}
