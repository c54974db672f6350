import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Whether tests that need a real Redis run: where `redis-server` is in the path, and always with CI set, where its
 * absence is a failure and never a skip.
 */
export const redisAvailable: boolean =
  Boolean(process.env.CI) || spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends the process, as `kill` does; its data is gone unless `args` keep it. */
  stop(): Promise<void>;
  /** Starts it again on the same port, in the same folder. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  dispose(): Promise<void>;
}

export interface RedisServerOptions {
  /** More of its options, for example `['--appendonly', 'yes']`. Default: none, and nothing is kept. */
  readonly args?: readonly string[];
  /** Default: a free one. */
  readonly port?: number;
}

/** Starts a real `redis-server` on 127.0.0.1, in a temporary folder of its own. */
export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const { args = [], port = await freePort() } = options;
  const folder = mkdtempSync(join(tmpdir(), 'redis-test-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  let child: ChildProcess | null = null;

  async function stop() {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }

  async function start() {
    const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
    child = await spawnRedis([...fixed, ...args], port);
  }

  try {
    await start();
  } catch (error) {
    removeFolder();
    throw error;
  }
  // A test run that is broken off leaves nothing behind.
  const cleanUpAtExit = () => {
    child?.kill('SIGKILL');
    removeFolder();
  };
  process.once('exit', cleanUpAtExit);

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    stop,
    async restart() {
      await stop();
      await start();
    },
    async dispose() {
      process.off('exit', cleanUpAtExit);
      await stop();
      removeFolder();
    },
  };
}

/** Runs `redis-server` until it answers on the port. @throws Error with what it printed, if it ended instead */
export async function spawnRedis(args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error('redis-server cannot be started', { cause: error })));
    child.once('exit', () => reject(new Error(`redis-server ended: ${output}`)));
  });
  // Once it answers, its end is no failure.
  failed.catch(() => {});
  while (!(await answersPing(port))) await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 10))]);
  return child;
}

/** A port that was free just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether Redis answers anything but that it is loading. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(!answer.toString().startsWith('-LOADING'));
    });
    socket.once('error', () => resolve(false));
  });
}
